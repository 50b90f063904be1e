/** A wait shorter than this is not worth a word, in milliseconds. */
const PATIENCE = 400;

/** True once `waiting` has been true without a break for 400 ms. Call it while a component is being made. */
export function patience(waiting: () => boolean): { readonly over: boolean } {
  let over = $state(false);
  $effect(() => {
    if (!waiting()) {
      return;
    }
    const timer = setTimeout(() => (over = true), PATIENCE);
    return () => {
      clearTimeout(timer);
      over = false;
    };
  });
  return {
    get over() {
      return over;
    },
  };
}
