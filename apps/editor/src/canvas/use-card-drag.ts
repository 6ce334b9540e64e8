import { type NodeChange, type NodePositionChange, useStoreApi } from '@xyflow/react';
import { useCallback, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { commands } from '../store/commands.ts';
import { useEditorStore } from '../store/context.tsx';
import type { Point } from '../store/edits/place.ts';
import { useCanvasUi } from './canvas-ui.ts';
import type { StepNode, WireEdge } from './types.ts';

const still: ReadonlyMap<string, Point> = new Map();

/**
 * A drag moves its cards in place and has only their wires drawn again. React Flow, and with it every port, wire and
 * the minimap, learns of it when the drag begins, when the view moves under it, and from the one command of the drop.
 */
export function useCardDrag(canvas: () => HTMLElement | null) {
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
        commands.moveNodes(store, Object.fromEntries(moves.map((move) => [move.id, move.position])));
        toldAt.current = null;
        setPlaces(still);
        dragged.setState(still, true);
        return;
      }
      const next = new Map(dragged.getState());
      for (const { id, position } of moves) {
        next.set(id, position);
        const card = canvas()?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
        if (card) card.style.transform = `translate(${position.x}px,${position.y}px)`;
      }
      dragged.setState(next, true);
      const { transform } = view.getState();
      if (toldAt.current === transform) return;
      toldAt.current = transform;
      canvas()?.setAttribute('data-dragging', '');
      setPlaces(next);
    },
    [store, dragged, canvas, view],
  );
  return { places, onDrag };
}

const noOffset: Point = { x: 0, y: 0 };

/** How far a step's card is, while it is dragged, from where React Flow believes it to be. */
export function useDragOffset(step: string, believed: Point | undefined): Point {
  const place = useStore(useCanvasUi().dragged, (places) => places.get(step));
  return place === undefined || believed === undefined ? noOffset : { x: place.x - believed.x, y: place.y - believed.y };
}
