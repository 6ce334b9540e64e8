import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { useEditorStore } from '../store/context.tsx';
import { cardWidth } from '../store/edits/place.ts';
import { useCanvasUi } from './canvas-ui.ts';

/** Moves focus and the selection to a step, once it is drawn, and brings it into view where it is not. */
export function useFocusStep(canvas: () => HTMLElement | null): (id: string) => void {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const flow = useReactFlow();
  const focusStep = useCallback(
    (id: string) => {
      /** A card out of view is not drawn in a large flow: the view goes there first. */
      const bringNear = (step: string) => {
        const { layout } = store.getState().flow;
        const place = Object.hasOwn(layout, step) ? layout[step] : undefined;
        if (place === undefined || canvas()?.querySelector(`.react-flow__node[data-id="${CSS.escape(step)}"]`)) return;
        void flow.setCenter(place.x + cardWidth / 2, place.y + 60, { zoom: flow.getZoom() });
      };
      ui.setState({ roving: id });
      store.select({ nodes: [id] });
      bringNear(id);
      const tryFocus = (left: number) => {
        const root = canvas();
        const card = root?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
        if (root === null || left === 0) return;
        if (card === null || card === undefined || getComputedStyle(card).visibility === 'hidden') {
          requestAnimationFrame(() => tryFocus(left - 1));
          return;
        }
        card.focus({ preventScroll: true });
        const [frame, box] = [root.getBoundingClientRect(), card.getBoundingClientRect()];
        const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
        if (!inside) {
          const at = flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
          void flow.setCenter(at.x, at.y, { zoom: flow.getZoom(), duration: 200 });
        }
      };
      requestAnimationFrame(() => tryFocus(30));
    },
    [store, ui, flow, canvas],
  );
  // Other panels ask for a step to be shown: a problem, a failed run, a line of the timeline.
  useEffect(() => {
    const show = (event: Event) => {
      if (event instanceof CustomEvent && typeof event.detail === 'string') focusStep(event.detail);
    };
    window.addEventListener('patchbay:show-step', show);
    return () => window.removeEventListener('patchbay:show-step', show);
  }, [focusStep]);
  return focusStep;
}
