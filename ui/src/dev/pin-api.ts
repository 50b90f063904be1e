import type { PinApi, PinView } from '$lib/api/types';

/** An invented other side: it counts digits, as Rust does, and keeps none. */
export class PinAlone implements PinApi {
  #view: PinView;
  #heard: ((view: PinView) => void)[] = [];

  constructor(view: PinView) {
    this.#view = view;
  }

  become(view: PinView): void {
    this.#view = view;
    this.#heard.forEach((changed) => changed(view));
  }

  view = async (): Promise<PinView> => Promise.resolve(this.#view);

  onView = async (changed: (view: PinView) => void): Promise<() => void> => {
    this.#heard.push(changed);
    return Promise.resolve(() => (this.#heard = this.#heard.filter((other) => other !== changed)));
  };

  digit = async (): Promise<PinView> => this.#count(Math.min(12, this.#view.digits + 1));
  erase = async (): Promise<PinView> => this.#count(Math.max(0, this.#view.digits - 1));

  confirm = async (): Promise<null> => this.#go({ step: 'working', digits: 0 });
  cancel = async (): Promise<null> => this.#go({ step: 'closed', digits: 0 });
  consent = async (): Promise<null> => this.#go({ step: this.#view.keypad ? 'keypad' : 'pin' });
  useKeypad = async (_question: number, use: boolean): Promise<null> =>
    this.#go({ step: use ? 'keypad' : 'pin', keypad: use });
  password = async (): Promise<null> => this.#go({ step: 'working' });

  async #count(digits: number): Promise<PinView> {
    this.#view = { ...this.#view, digits };
    return Promise.resolve(this.#view);
  }

  async #go(change: Partial<PinView>): Promise<null> {
    this.become({ ...this.#view, ...change });
    return Promise.resolve(null);
  }
}
