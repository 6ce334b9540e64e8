import type { FlowDocument, FlowNode, Placement } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';
import { type NodeChange, type NodeHandle, Position, type ReactFlowState, useStoreApi } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { commands, type Dropped } from '../store/commands.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { homeOf, homesOf, isContainer } from '../store/edits/containers.ts';
import { nodeOf } from '../store/edits/ends.ts';
import { blankFrame, boxOf, cardWidth, type Point } from '../store/edits/place.ts';
import { portsKept } from '../store/edits/ports.ts';
import { toast } from '../ui/toast.tsx';
import { useCanvasUi } from './canvas-ui.ts';
import type { StepNode } from './types.ts';
import { useCardDrag } from './use-card-drag.ts';
import { useWords } from './use-words.ts';

interface Size {
  width: number;
  height: number;
}
interface Kept {
  node: FlowNode;
  place: Placement | undefined;
  drag: Point | undefined;
  /** The container it stands in, and where that is: React Flow counts from its corner. */
  home: string | undefined;
  origin: Point | undefined;
  size: Size | undefined;
  /** While it is resized by hand. */
  sizing: Size | undefined;
  selected: boolean;
  words: unknown;
  made: StepNode;
}

const nowhere: Placement = { x: 0, y: 0 };

/** React Flow's nodes, computed from the document. A node whose own parts did not change stays the same object. */
export function useCanvasNodes(canvas: () => HTMLElement | null) {
  const store = useEditorStore();
  const words = useWords();
  const nodes = useEditor((state) => state.flow.nodes);
  const layout = useEditor((state) => state.flow.layout);
  const selected = useEditor((state) => state.selection.nodes);
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(() => new Map());
  const [sizing, setSizing] = useState<ReadonlyMap<string, Size>>(noSizing);
  const view = useStoreApi<StepNode>();
  const onDropped = useDropped();
  const { places, onDrag } = useCardDrag(canvas, onDropped);
  const kept = useRef(new Map<string, Kept>());

  const list = useMemo(() => {
    const chosen = new Set(selected);
    const next = new Map<string, Kept>();
    const flow = { ...store.getState().flow, nodes, layout };
    for (const id of outerFirst(flow, store.catalogue)) {
      const node = nodes[id] as FlowNode;
      const home = homeOf(flow, store.catalogue, id);
      const parts = {
        node,
        place: Object.hasOwn(layout, id) ? layout[id] : undefined,
        drag: places.get(id),
        home,
        origin: home === undefined ? undefined : (places.get(home) ?? layout[home]),
        size: sizes.get(id),
        sizing: sizing.get(id),
        selected: chosen.has(id),
        words,
      };
      const old = kept.current.get(id);
      next.set(
        id,
        old !== undefined && unchanged(old, parts) ? old : { ...parts, made: makeNode(id, parts, label(id, node), store.catalogue) },
      );
    }
    kept.current = next;
    return [...next.values()].map((one) => one.made);

    function label(id: string, node: FlowNode): string {
      const definition = store.catalogue.get(node.type);
      const type = definition?.words.title[words.locale] ?? node.type;
      return node.title === undefined || node.title === '' ? words.title(id) : words.t('stepName', { type, title: node.title });
    }
  }, [nodes, layout, selected, sizes, sizing, places, words, store]);

  const onNodesChange = useCallback(
    (changes: NodeChange<StepNode>[]) => {
      setSizes((old) => sizesAfter(old, changes));
      onDrag(changes);
      setSizing((old) => sizingAfter(old, changes));
      for (const change of changes) {
        if (change.type !== 'dimensions' || change.resizing !== false || change.dimensions === undefined) continue;
        const { flow } = store.getState();
        commands.resize(store, change.id, { ...boxOf(flow, store.catalogue, change.id), ...change.dimensions });
      }
      const picked = changes
        .filter((change) => change.type === 'select')
        .filter(
          (change) =>
            !change.selected ||
            !isContainer(store.catalogue, nodeOf(store.getState().flow, change.id)) ||
            isCovered(view.getState(), change.id),
        );
      if (picked.length === 0) return;
      const { selection } = store.getState();
      const chosen = new Set(selection.nodes);
      for (const change of picked) {
        if (change.selected) chosen.add(change.id);
        else chosen.delete(change.id);
      }
      store.select({ nodes: [...chosen], edges: selection.edges });
    },
    [store, view, onDrag],
  );
  return { nodes: list, onNodesChange, sizes };
}

function unchanged(old: Kept, parts: Omit<Kept, 'made'>): boolean {
  return (
    old.node === parts.node &&
    old.place === parts.place &&
    old.drag === parts.drag &&
    old.home === parts.home &&
    old.origin === parts.origin &&
    old.size === parts.size &&
    old.sizing === parts.sizing &&
    old.selected === parts.selected &&
    old.words === parts.words
  );
}

const noData: Record<string, never> = {};

function makeNode(id: string, parts: Omit<Kept, 'made'>, ariaLabel: string, catalogue: Catalogue): StepNode {
  const { x, y } = parts.drag ?? parts.place ?? nowhere;
  const origin = parts.origin ?? nowhere;
  const frame = isContainer(catalogue, parts.node);
  const made: StepNode = {
    id,
    type: frame ? 'container' : 'step',
    position: { x: x - (parts.home === undefined ? 0 : origin.x), y: y - (parts.home === undefined ? 0 : origin.y) },
    ...(parts.home !== undefined && { parentId: parts.home }),
    data: noData,
    selected: parts.selected,
    // A card that is being dragged is not taken off the canvas when it is out of view.
    dragging: parts.drag !== undefined,
    ariaLabel,
    // The canvas is one tab stop; arrows walk inside it.
    domAttributes: { tabIndex: -1 },
  };
  if (frame) return frameNode(made, parts);
  return parts.size === undefined ? { ...made, ...expected(parts.node, catalogue) } : { ...made, measured: parts.size };
}

/** Its inside lets the pointer through to the canvas; it is held by its header. */
function frameNode(made: StepNode, { place, size, sizing }: Omit<Kept, 'made'>): StepNode {
  const { width, height } = sizing ?? { width: place?.width ?? blankFrame.width, height: place?.height ?? blankFrame.height };
  return {
    ...made,
    width,
    height,
    dragHandle: '.card-head',
    style: { pointerEvents: 'none' },
    ...(size !== undefined && { measured: { width, height } }),
  };
}

/** Containers before what stands in them, as React Flow wants it; else the document's order. */
function outerFirst(flow: FlowDocument, catalogue: Catalogue): string[] {
  const ids = Object.keys(flow.nodes);
  if (ids.every((id) => flow.nodes[id]?.parent === undefined)) return ids;
  const depth = new Map(ids.map((id) => [id, homesOf(flow, catalogue, id).length]));
  return ids.toSorted((a, b) => (depth.get(a) ?? 0) - (depth.get(b) ?? 0));
}

/** A box drawn by hand takes a container only when it goes round all of it: its steps are often meant alone. */
function isCovered(view: ReactFlowState<StepNode>, id: string): boolean {
  const rect = view.userSelectionRect;
  const node = view.nodeLookup.get(id);
  if (rect === null || node === undefined) return true;
  const [x, y, zoom] = view.transform;
  const at = { x: node.internals.positionAbsolute.x * zoom + x, y: node.internals.positionAbsolute.y * zoom + y };
  const [width, height] = [(node.measured.width ?? 0) * zoom, (node.measured.height ?? 0) * zoom];
  return rect.x <= at.x && rect.y <= at.y && rect.x + rect.width >= at.x + width && rect.y + rect.height >= at.y + height;
}

/** Says what became of steps that were let go over a container. */
function useDropped(): (dropped: Dropped) => void {
  const ui = useCanvasUi();
  const words = useWords();
  return useCallback(
    ({ fault, into, out }: Dropped) => {
      const said = [
        ...[...into].map((id) => words.t('loops:said.into', { container: words.title(id) })),
        ...[...out].map((id) => words.t('loops:said.out', { container: words.title(id) })),
      ];
      const refused = fault === null ? undefined : words.t(`loops:stay.${fault}`);
      if (refused !== undefined) toast(refused);
      const told = refused ?? said.join('\n');
      if (told !== '') ui.setState({ said: told });
    },
    [ui, words],
  );
}

const handleSize = 24;
/** Where the rows of ports begin: border, header, the line of essence, hairline, padding. */
const firstRow = 1 + 36 + 18 + 1 + 4;

/** A card that was never drawn (it is out of view) still has its wires: size and ports as they will be. */
function expected(node: FlowNode, catalogue: Catalogue): Pick<StepNode, 'initialWidth' | 'initialHeight' | 'handles'> {
  const ports = portsKept(catalogue, node);
  const row = (index: number) => ({ y: firstRow + index * handleSize, width: handleSize, height: handleSize });
  const handles: NodeHandle[] = [
    ...(ports?.inputs ?? []).map(
      (port, index): NodeHandle => ({ id: port.id, type: 'target', position: Position.Left, x: -12, ...row(index) }),
    ),
    ...(ports?.outputs ?? []).map(
      (port, index): NodeHandle => ({ id: port.id, type: 'source', position: Position.Right, x: cardWidth - 12, ...row(index) }),
    ),
  ];
  const rows = Math.max(ports?.inputs.length ?? 0, ports?.outputs.length ?? 0);
  return { initialWidth: cardWidth, initialHeight: firstRow + rows * handleSize + 5, handles };
}

const noSizing: ReadonlyMap<string, Size> = new Map();

function sizingAfter(old: ReadonlyMap<string, Size>, changes: readonly NodeChange<StepNode>[]): ReadonlyMap<string, Size> {
  const last = changes.findLast((change) => change.type === 'dimensions' && change.resizing !== undefined);
  if (last?.type !== 'dimensions' || last.dimensions === undefined) return old;
  return last.resizing === true ? new Map([[last.id, last.dimensions]]) : noSizing;
}

function sizesAfter(sizes: ReadonlyMap<string, Size>, changes: readonly NodeChange<StepNode>[]): ReadonlyMap<string, Size> {
  let next: Map<string, Size> | undefined;
  for (const change of changes) {
    if (change.type !== 'dimensions' || change.dimensions === undefined) continue;
    next ??= new Map(sizes);
    next.set(change.id, change.dimensions);
  }
  return next ?? sizes;
}
