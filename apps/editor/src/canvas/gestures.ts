import { type FinalConnectionState, type HandleType, type OnMove, useReactFlow, useStoreApi } from '@xyflow/react';
import { type DragEvent, type FocusEvent, type MouseEvent as ReactMouseEvent, useCallback, useEffect, useRef, useState } from 'react';
import { dropOnText } from '../chips/drop-wire.ts';
import { commands } from '../store/commands.ts';
import { useEditorStore } from '../store/context.tsx';
import { judgeConnection } from '../store/edits/connect.ts';
import { joinEnd } from '../store/edits/ends.ts';
import { type LooseEnd, useCanvasUi } from './canvas-ui.ts';
import { useConnectActions } from './use-connect.ts';
import type { FocusStep } from './use-focus-step.ts';

const snapPixels = 32;
/** What the palette hands over when a step is dragged from it. */
export const dragFormat = 'application/x-patchbay-step';

/** While the view moves it is one layer of its own, so that cards are not painted again for every frame of it. */
export function useMoving(canvas: () => HTMLElement | null) {
  return {
    onMoveStart: () => canvas()?.setAttribute('data-moving', ''),
    onMoveEnd: () => canvas()?.removeAttribute('data-moving'),
  };
}

/** Zoom decides what a card shows and how far, in canvas units, 32 screen pixels are. No component draws for it. */
export function useZoomLevel(canvas: () => HTMLElement | null): OnMove {
  const flow = useStoreApi();
  return useCallback(
    (_event, { zoom }) => {
      flow.setState({ connectionRadius: snapPixels / zoom });
      const level = zoom < 0.35 ? 'far' : zoom < 0.5 ? 'middle' : 'near';
      const element = canvas();
      if (element !== null && element.dataset['zoom'] !== level) element.dataset['zoom'] = level;
    },
    [flow, canvas],
  );
}

const pointOf = (event: MouseEvent | TouchEvent) => {
  const touch = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
};

/** A wire drawn by hand: where may it go, and what happens where it is let go. */
export function useWireDrag() {
  const store = useEditorStore();
  const actions = useConnectActions();
  const flow = useReactFlow();
  const cancelled = useRef(false);
  useEffect(() => {
    const onEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') cancelled.current = true;
    };
    window.addEventListener('keydown', onEscape, true);
    return () => window.removeEventListener('keydown', onEscape, true);
  }, []);
  return {
    onConnectStart: (
      _event: MouseEvent | TouchEvent,
      from: { nodeId: string | null; handleId: string | null; handleType: HandleType | null },
    ) => {
      cancelled.current = false;
      if (from.nodeId === null || from.handleId === null) return;
      actions.start({ end: joinEnd(from.nodeId, from.handleId), side: from.handleType === 'target' ? 'input' : 'output' });
    },
    onConnectEnd: (event: MouseEvent | TouchEvent, made: FinalConnectionState) => {
      if (made.fromHandle === null || made.fromHandle.id === null || made.fromHandle.id === undefined || cancelled.current)
        return actions.cancel();
      const loose: LooseEnd = {
        end: joinEnd(made.fromHandle.nodeId, made.fromHandle.id),
        side: made.fromHandle.type === 'target' ? 'input' : 'output',
      };
      const at = pointOf(event);
      const { toHandle } = made;
      if (toHandle?.id && toHandle.type !== made.fromHandle.type) return actions.finish(loose, joinEnd(toHandle.nodeId, toHandle.id), at);
      const under = document.elementFromPoint(at.x, at.y);
      const card = under?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
      if (card !== undefined) return actions.dropOnNode(loose, card, at);
      if (loose.side === 'output' && dropOnText(under, { from: loose.end, ...at })) return actions.cancel();
      if (under?.closest('.react-flow__pane, .react-flow__edge, .react-flow__background') === null) return actions.cancel();
      actions.dropOnEmpty(loose, at, flow.screenToFlowPosition(at));
    },
    isValidConnection: (wire: { source: string; target: string; sourceHandle?: string | null; targetHandle?: string | null }) => {
      if (!wire.sourceHandle || !wire.targetHandle) return false;
      const verdict = judgeConnection(
        store.getState().flow,
        store.catalogue,
        joinEnd(wire.source, wire.sourceHandle),
        joinEnd(wire.target, wire.targetHandle),
      );
      return verdict.kind === 'fine' || verdict.kind === 'taken';
    },
  };
}

/** Steps from the palette dropped on the canvas or on a wire, and a double click that searches. */
export function useDrops(focusStep: FocusStep) {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const flow = useReactFlow();
  return {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(dragFormat)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDrop: (event: DragEvent) => {
      const type = event.dataTransfer.getData(dragFormat);
      if (!store.catalogue.has(type)) return;
      event.preventDefault();
      const wire = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('.react-flow__edge')?.dataset['id'];
      const edge = wire === undefined ? undefined : store.getState().flow.edges.find((one) => `${one.from}>${one.to}` === wire);
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const id =
        edge === undefined ? commands.addNode(store, { type, at: { x: x - 140, y: y - 18 } }) : commands.insertOnEdge(store, edge, type);
      if (id !== null) focusStep(id, true);
    },
    onDoubleClick: (event: ReactMouseEvent) => {
      if (!(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return;
      const at = { x: event.clientX, y: event.clientY };
      ui.setState({ overlay: { kind: 'picker', at, place: flow.screenToFlowPosition(at), fit: {} } });
    },
  };
}

/** The canvas is one tab stop: Tab comes to the step that was last in focus, and leaves the canvas from there. */
export function useTabStop(focusStep: (id: string) => void) {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const [inside, setInside] = useState(false);
  return {
    tabIndex: inside ? -1 : 0,
    onFocus: (event: FocusEvent<HTMLElement>) => {
      setInside(true);
      if (event.target !== event.currentTarget || !event.target.matches(':focus-visible')) return;
      const { nodes } = store.getState().flow;
      const { roving } = ui.getState();
      const id = roving !== null && Object.hasOwn(nodes, roving) ? roving : Object.keys(nodes)[0];
      if (id !== undefined) focusStep(id);
    },
    onBlur: (event: FocusEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setInside(false);
    },
  };
}

/** Focus goes back where it was when what floated over the canvas closes and nothing else has taken it. */
export function useFocusBack(canvas: () => HTMLElement | null): void {
  const ui = useCanvasUi();
  const before = useRef<HTMLElement | null>(null);
  useEffect(
    () =>
      ui.subscribe((state, old) => {
        if (state.overlay !== null && old.overlay === null)
          before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
        if (state.overlay !== null || old.overlay === null) return;
        setTimeout(() => {
          if (document.activeElement !== document.body || ui.getState().overlay !== null) return;
          const target = before.current?.isConnected === true && before.current !== document.body ? before.current : canvas();
          target?.focus({ preventScroll: true });
        }, 60);
      }),
    [ui, canvas],
  );
}
