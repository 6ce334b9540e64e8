import type { FlowDocument } from '@patchbay/flow';
import { getViewportForBounds, useReactFlow } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { useEditorStore } from '../store/context.tsx';
import { endNode } from '../store/edits/ends.ts';
import { cardWidth } from '../store/edits/place.ts';
import { edgeIndex, noEdges } from '../store/indexes.ts';
import { useCanvasUi } from './canvas-ui.ts';

/** Sent with the id of a step that was added from outside the canvas. */
export const stepAdded = 'patchbay:step-added';

/** With its neighbours: a new step is shown together with what it is wired to. */
export type FocusStep = (id: string, withNeighbours?: boolean) => void;

/** A view is not made smaller than this to show a step's neighbours too. */
const leastZoom = 0.5;

/** Moves focus and the selection to a step, once it is drawn, and brings it into view where it is not. */
export function useFocusStep(canvas: () => HTMLElement | null): FocusStep {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const flow = useReactFlow();
  const focusStep = useCallback(
    (id: string, withNeighbours = false) => {
      /** A card out of view is not drawn in a large flow: the view goes there first. */
      const bringNear = (step: string) => {
        const { layout } = store.getState().flow;
        const place = Object.hasOwn(layout, step) ? layout[step] : undefined;
        if (place === undefined || canvas()?.querySelector(`.react-flow__node[data-id="${CSS.escape(step)}"]`)) return;
        void flow.setCenter(place.x + cardWidth / 2, place.y + 60, { zoom: flow.getZoom() });
      };
      /** The zoom stays where all fit at it; the view stays where all are in sight. */
      const bringIntoView = (steps: string[], frame: DOMRect) => {
        const bounds = flow.getNodesBounds(steps);
        const start = flow.flowToScreenPosition(bounds);
        const end = flow.flowToScreenPosition({ x: bounds.x + bounds.width, y: bounds.y + bounds.height });
        if (start.x >= frame.left && end.x <= frame.right && start.y >= frame.top && end.y <= frame.bottom) return;
        const zoom = flow.getZoom();
        const port = getViewportForBounds(bounds, frame.width, frame.height, Math.min(leastZoom, zoom), zoom, 0.08);
        void flow.setViewport(port, { duration: 200 });
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
        const shown = withNeighbours ? [id, ...neighboursOf(store.getState().flow, id)] : [id];
        bringIntoView(shown, root.getBoundingClientRect());
      };
      requestAnimationFrame(() => tryFocus(30));
    },
    [store, ui, flow, canvas],
  );
  // Other panels ask for a step to be shown: a problem, a failed run, a line of the timeline, the palette for a new one.
  useEffect(() => {
    const show = (event: Event) => {
      if (event instanceof CustomEvent && typeof event.detail === 'string') focusStep(event.detail, event.type === stepAdded);
    };
    const events = ['patchbay:show-step', stepAdded];
    for (const name of events) window.addEventListener(name, show);
    return () => {
      for (const name of events) window.removeEventListener(name, show);
    };
  }, [focusStep]);
  return focusStep;
}

function neighboursOf(flow: FlowDocument, id: string): string[] {
  const { toNode, fromNode } = edgeIndex(flow.edges);
  const before = (toNode.get(id) ?? noEdges).map((edge) => endNode(edge.from));
  return [...before, ...(fromNode.get(id) ?? noEdges).map((edge) => endNode(edge.to))];
}
