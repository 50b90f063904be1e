const MINUTE = 60_000;

/** The environment's clock, moved once a minute: a sandbox may turn its time, so the snapshot sets it. */
export class Clock {
  now: number = $state(0);
  #ahead = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes over the time of a snapshot and goes on from there. */
  set(now: number): void {
    this.#ahead = now - Date.now();
    this.#tick();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #tick(): void {
    this.now = Date.now() + this.#ahead;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tick(), MINUTE - (this.now % MINUTE));
  }
}
