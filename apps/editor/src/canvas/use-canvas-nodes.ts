import type { FlowNode, Placement } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';
import { type NodeChange, type NodeHandle, Position } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { cardWidth, type Point } from '../store/edits/place.ts';
import { portsKept } from '../store/edits/ports.ts';
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
  size: Size | undefined;
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
  const { places, onDrag } = useCardDrag(canvas);
  const kept = useRef(new Map<string, Kept>());

  const list = useMemo(() => {
    const chosen = new Set(selected);
    const next = new Map<string, Kept>();
    for (const [id, node] of Object.entries(nodes)) {
      const parts = {
        node,
        place: Object.hasOwn(layout, id) ? layout[id] : undefined,
        drag: places.get(id),
        size: sizes.get(id),
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
  }, [nodes, layout, selected, sizes, places, words, store]);

  const onNodesChange = useCallback(
    (changes: NodeChange<StepNode>[]) => {
      setSizes((old) => sizesAfter(old, changes));
      onDrag(changes);
      const picked = changes.filter((change) => change.type === 'select');
      if (picked.length === 0) return;
      const { selection } = store.getState();
      const chosen = new Set(selection.nodes);
      for (const change of picked) {
        if (change.selected) chosen.add(change.id);
        else chosen.delete(change.id);
      }
      store.select({ nodes: [...chosen], edges: selection.edges });
    },
    [store, onDrag],
  );
  return { nodes: list, onNodesChange, sizes };
}

function unchanged(old: Kept, parts: Omit<Kept, 'made'>): boolean {
  return (
    old.node === parts.node &&
    old.place === parts.place &&
    old.drag === parts.drag &&
    old.size === parts.size &&
    old.selected === parts.selected &&
    old.words === parts.words
  );
}

const noData: Record<string, never> = {};

function makeNode(id: string, parts: Omit<Kept, 'made'>, ariaLabel: string, catalogue: Catalogue): StepNode {
  const { x, y } = parts.drag ?? parts.place ?? nowhere;
  const made: StepNode = {
    id,
    type: 'step',
    position: { x, y },
    data: noData,
    selected: parts.selected,
    // A card that is being dragged is not taken off the canvas when it is out of view.
    dragging: parts.drag !== undefined,
    ariaLabel,
    // The canvas is one tab stop; arrows walk inside it.
    domAttributes: { tabIndex: -1 },
  };
  return parts.size === undefined ? { ...made, ...expected(parts.node, catalogue) } : { ...made, measured: parts.size };
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

function sizesAfter(sizes: ReadonlyMap<string, Size>, changes: readonly NodeChange<StepNode>[]): ReadonlyMap<string, Size> {
  let next: Map<string, Size> | undefined;
  for (const change of changes) {
    if (change.type !== 'dimensions' || change.dimensions === undefined) continue;
    next ??= new Map(sizes);
    next.set(change.id, change.dimensions);
  }
  return next ?? sizes;
}
