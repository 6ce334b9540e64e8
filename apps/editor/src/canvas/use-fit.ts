import { getViewportForBounds, type Rect, useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import { useEditorStore } from '../store/context.tsx';
import { boxOf } from '../store/edits/place.ts';
import type { Sizes } from '../store/edits/tidy.ts';

interface FitOptions {
  /** Absent: the whole flow. */
  ids?: readonly string[];
  /** Rather show a part than everything too small to read. */
  least?: number;
  moves?: boolean;
}

const margin = 24;
/** The bar of tools lies over the canvas, at its bottom. */
const room = { top: `${margin}px`, right: `${margin}px`, bottom: '76px', left: `${margin}px` } as const;

/** Brings steps into view by their places in the document, drawn or not; never larger than life. */
export function useFit(canvas: () => HTMLElement | null, sizes: () => Sizes): (options?: FitOptions) => void {
  const store = useEditorStore();
  const view = useReactFlow();
  return useCallback(
    ({ ids, least = 0.15, moves = true } = {}) => {
      const { flow } = store.getState();
      const chosen = ids ?? Object.keys(flow.nodes);
      const frame = canvas()?.getBoundingClientRect();
      if (chosen.length === 0 || frame === undefined || frame.width === 0) return;
      const bounds = around(chosen.map((id) => ({ ...boxOf(flow, store.catalogue, id), ...sizes().get(id) })));
      const port = getViewportForBounds(bounds, frame.width, frame.height, least, 1, room);
      // What does not fit is read from its beginning, not from its middle.
      const x = bounds.width * port.zoom > frame.width ? margin - bounds.x * port.zoom : port.x;
      void view.setViewport({ ...port, x }, moves ? { duration: 200 } : undefined);
    },
    [store, view, canvas, sizes],
  );
}

function around(boxes: readonly Rect[]): Rect {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
