import type { Attachment } from 'svelte/attachments';

const NEXT: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Makes what `selector` finds one tab stop: the arrows, Home and End go from one to the next. */
export function roving(selector: string): Attachment<Element> {
  return (box) => {
    const all = (): (HTMLElement | SVGElement)[] => [...box.querySelectorAll<HTMLElement | SVGElement>(selector)];
    const stop = (at: Element | undefined): void => {
      for (const one of all()) {
        one.setAttribute('tabindex', one === at ? '0' : '-1');
      }
    };
    const settle = (): void => {
      const items = all();
      stop(items.find((one) => one === document.activeElement || one.getAttribute('tabindex') === '0') ?? items[0]);
    };
    const pressed = (event: Event): void => {
      const { key } = event as KeyboardEvent;
      const items = all();
      const here = items.findIndex((one) => one === document.activeElement);
      const step = NEXT[key];
      const to = key === 'Home' ? 0 : key === 'End' ? items.length - 1 : here + (step ?? 0);
      if (here >= 0 && (step !== undefined || key === 'Home' || key === 'End')) {
        event.preventDefault();
        items[to]?.focus();
      }
    };
    const entered = ({ target }: Event): void => {
      if (target instanceof Element && target.matches(selector)) {
        stop(target);
      }
    };
    settle();
    const watch = new MutationObserver(settle);
    watch.observe(box, { childList: true, subtree: true });
    box.addEventListener('keydown', pressed);
    box.addEventListener('focusin', entered);
    return () => {
      watch.disconnect();
      box.removeEventListener('keydown', pressed);
      box.removeEventListener('focusin', entered);
    };
  };
}
