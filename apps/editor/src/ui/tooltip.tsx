import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Keys } from './keys.tsx';

/** A short word beside what has none; never the only place where something is said. One host shows them all. */
export const tooltip = (text: string, keys?: string): Record<`data-${string}`, string | undefined> => ({
  'data-tip': text,
  'data-tip-keys': keys,
});

interface Shown {
  text: string;
  keys: string | undefined;
  beside: Element;
}

const waitMs = 350;
/** Long enough to move the pointer onto the word, to read it there. */
const leaveMs = 120;
const gap = 6;

/** Shows the word of whatever is pointed at for a moment, or reached by key; Escape and any press take it away. */
export function TooltipHost() {
  const [shown, setShown] = useState<Shown | null>(null);
  const popup = useRef<HTMLDivElement>(null);
  useEffect(() => listen(setShown), []);
  useLayoutEffect(() => {
    if (shown === null || popup.current === null) return;
    const box = shown.beside.getBoundingClientRect();
    const { width, height } = popup.current.getBoundingClientRect();
    const below = box.bottom + gap;
    const x = Math.max(4, Math.min(innerWidth - width - 4, box.left + box.width / 2 - width / 2));
    const y = below + height > innerHeight ? box.top - gap - height : below;
    popup.current.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
  }, [shown]);
  if (shown === null) return null;
  return createPortal(
    <div
      ref={popup}
      data-tip-shown
      aria-hidden
      className="floating fixed top-0 left-0 z-60 flex items-center gap-2 px-2 py-1 text-port text-ink"
    >
      {shown.text}
      {shown.keys !== undefined && <Keys keys={shown.keys} />}
    </div>,
    document.body,
  );
}

function listen(show: (shown: Shown | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (change: () => void, ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(change, ms);
  };
  const hide = () => {
    clearTimeout(timer);
    show(null);
  };
  const tell = (beside: Element) => {
    const text = beside.getAttribute('data-tip');
    // What was taken away meanwhile, or has its menu open, needs no word.
    if (text === null || !beside.isConnected || beside.hasAttribute('data-popup-open')) return;
    show({ text, keys: beside.getAttribute('data-tip-keys') ?? undefined, beside });
  };
  const onOver = (event: PointerEvent) => {
    if (event.pointerType === 'touch' || !(event.target instanceof Element)) return;
    if (event.target.closest('[data-tip-shown]') !== null) return clearTimeout(timer);
    const beside = event.target.closest('[data-tip]');
    if (beside === null) later(() => show(null), leaveMs);
    else later(() => tell(beside), waitMs);
  };
  const onFocus = (event: FocusEvent) => {
    const beside = event.target instanceof Element ? event.target.closest('[data-tip]') : null;
    if (beside?.matches(':focus-visible') === true) tell(beside);
  };
  const onKey = (event: KeyboardEvent) => event.key === 'Escape' && hide();
  const control = new AbortController();
  const options = { signal: control.signal, capture: true, passive: true };
  document.addEventListener('pointerover', onOver, options);
  document.addEventListener('pointerleave', hide, options);
  document.addEventListener('pointerdown', hide, options);
  document.addEventListener('focusin', onFocus, options);
  document.addEventListener('focusout', hide, options);
  document.addEventListener('scroll', hide, options);
  document.addEventListener('keydown', onKey, options);
  return () => {
    control.abort();
    clearTimeout(timer);
  };
}
