import { Popover } from '@base-ui/react/popover';
import { type ReactNode, useMemo } from 'react';
import type { Point } from '../store/edits/place.ts';

/** Something that floats at a place of the window: Escape and a press elsewhere close it, and focus goes back. */
export function Floating(props: { at: Point; label: string; onClose: () => void; children: ReactNode; className?: string }) {
  const { at, label, onClose, children, className = '' } = props;
  const anchor = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) }), [at.x, at.y]);
  return (
    <Popover.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} side="bottom" align="start" sideOffset={4} collisionPadding={8} className="canvas-floating">
          <Popover.Popup className={`floating ${className}`} aria-label={label} data-canvas-overlay="">
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
