import { type NodeChange, type NodePositionChange, useStoreApi } from '@xyflow/react';
import { useCallback, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { commands, type Dropped } from '../store/commands.ts';
import { useEditorStore } from '../store/context.tsx';
import { homeOf, withInside } from '../store/edits/containers.ts';
import { containerAt } from '../store/edits/frame.ts';
import { boxOf, type Point } from '../store/edits/place.ts';
import type { EditorStore } from '../store/types.ts';
import { useCanvasUi } from './canvas-ui.ts';
import type { StepNode, WireEdge } from './types.ts';

const still: ReadonlyMap<string, Point> = new Map();

/**
 * A drag moves its cards in place and has only their wires drawn again. React Flow, and with it every port, wire and
 * the minimap, learns of it when the drag begins, when the view moves under it, and from the one command of the drop.
 */
export function useCardDrag(canvas: () => HTMLElement | null, onDropped: (dropped: Dropped) => void) {
  const store = useEditorStore();
  const { dragged } = useCanvasUi();
  const view = useStoreApi<StepNode, WireEdge>();
  /** Places React Flow is told of while the drag lasts. */
  const [places, setPlaces] = useState(still);
  const toldAt = useRef<unknown>(null);

  const onDrag = useCallback(
    (changes: readonly NodeChange<StepNode>[]) => {
      const moves = changes.filter((change): change is NodePositionChange & { position: Point } => {
        return change.type === 'position' && change.position !== undefined && change.dragging !== undefined;
      });
      if (moves.length === 0) return;
      if (moves.some((move) => move.dragging === false)) {
        canvas()?.removeAttribute('data-dragging');
        markTarget(canvas(), undefined);
        onDropped(commands.dropNodes(store, held(moves), Object.fromEntries(absolute(store, moves))));
        toldAt.current = null;
        setPlaces(still);
        dragged.setState(still, true);
        return;
      }
      const next = new Map(dragged.getState());
      const places = absolute(store, moves);
      for (const [id, position] of places) {
        next.set(id, position);
        const card = canvas()?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
        if (card) card.style.transform = `translate(${position.x}px,${position.y}px)`;
      }
      dragged.setState(next, true);
      markTarget(canvas(), targetOf(store, held(moves), places));
      const { transform } = view.getState();
      if (toldAt.current === transform) return;
      toldAt.current = transform;
      canvas()?.setAttribute('data-dragging', '');
      setPlaces(next);
    },
    [store, dragged, canvas, view, onDropped],
  );
  return { places, onDrag };
}

type Move = NodePositionChange & { position: Point };
const held = (moves: readonly Move[]): string[] => moves.map((move) => move.id);

/** Where the moved steps stand in the document's terms: React Flow counts from a container's corner; what is inside goes along. */
function absolute(store: EditorStore, moves: readonly Move[]): Map<string, Point> {
  const { flow } = store.getState();
  const places = new Map<string, Point>();
  for (const { id, position } of moves) {
    const home = homeOf(flow, store.catalogue, id);
    const origin = home === undefined ? noOffset : boxOf(flow, store.catalogue, home);
    const place = { x: position.x + origin.x, y: position.y + origin.y };
    const before = boxOf(flow, store.catalogue, id);
    for (const inner of withInside(flow, [id])) {
      const box = boxOf(flow, store.catalogue, inner);
      places.set(inner, { x: box.x + place.x - before.x, y: box.y + place.y - before.y });
    }
  }
  return places;
}

/** The container the first of the held steps would go into, where that is another than its own. */
function targetOf(store: EditorStore, moved: readonly string[], places: ReadonlyMap<string, Point>): string | undefined {
  const { flow } = store.getState();
  const [id = ''] = moved;
  const place = places.get(id);
  if (place === undefined) return undefined;
  const { width } = boxOf(flow, store.catalogue, id);
  const target = containerAt(flow, store.catalogue, { x: place.x + width / 2, y: place.y + 18 }, moved);
  return target === homeOf(flow, store.catalogue, id) ? undefined : target;
}

function markTarget(canvas: HTMLElement | null, container: string | undefined): void {
  for (const old of canvas?.querySelectorAll('[data-drop-target]') ?? []) old.removeAttribute('data-drop-target');
  if (container === undefined) return;
  canvas?.querySelector(`.react-flow__node[data-id="${CSS.escape(container)}"]`)?.setAttribute('data-drop-target', '');
}

const noOffset: Point = { x: 0, y: 0 };

/** How far a step's card is, while it is dragged, from where React Flow believes it to be. */
export function useDragOffset(step: string, believed: Point | undefined): Point {
  const place = useStore(useCanvasUi().dragged, (places) => places.get(step));
  return place === undefined || believed === undefined ? noOffset : { x: place.x - believed.x, y: place.y - believed.y };
}
