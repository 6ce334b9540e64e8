import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Panel } from './use-panel.ts';

export interface SplitterProps {
  panel: Panel;
  label: string;
  /** Where the panel lies: dragging towards the canvas makes it larger. */
  side: 'right' | 'bottom';
}

const step = 16;

/** The line between the canvas and a panel: drag it, or use the arrow keys. */
export function Splitter({ panel, label, side }: SplitterProps) {
  const start = useRef<{ at: number; size: number } | null>(null);
  const upright = side === 'right';
  const at = (event: PointerEvent) => (upright ? event.clientX : event.clientY);
  const press = (event: KeyboardEvent) => {
    const grow = upright ? 'ArrowLeft' : 'ArrowUp';
    const shrink = upright ? 'ArrowRight' : 'ArrowDown';
    const next = { [grow]: panel.size + step, [shrink]: panel.size - step, Home: panel.min, End: panel.max }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    panel.setSize(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be focused or moved
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={upright ? 'vertical' : 'horizontal'}
      aria-valuenow={panel.size}
      aria-valuemin={panel.min}
      aria-valuemax={panel.max}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: at(event), size: panel.size };
      }}
      onPointerMove={(event) => {
        if (start.current !== null) panel.setSize(start.current.size + start.current.at - at(event));
      }}
      onPointerUp={() => {
        start.current = null;
      }}
      className={`group relative z-10 shrink-0 touch-none bg-line transition-colors hover:bg-accent focus-visible:bg-accent focus-visible:outline-offset-0 ${
        upright ? 'w-px cursor-col-resize' : 'h-px cursor-row-resize'
      }`}
    >
      <span className={`absolute ${upright ? '-inset-x-1 inset-y-0' : 'inset-x-0 -inset-y-1'}`} />
    </div>
  );
}
