import type { FlowEdge, FlowNode } from '@patchbay/flow';
import { type Catalogue, conversion, type PortType } from '@patchbay/node-kit';
import type { EdgeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef } from 'react';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { endNode, endPort } from '../store/edits/ends.ts';
import { portsKept } from '../store/edits/ports.ts';
import { edgeKey } from '../store/types.ts';
import type { WireEdge } from './types.ts';
import { useWords, type WordsOfCanvas } from './use-words.ts';

interface Kept {
  edge: FlowEdge;
  from: FlowNode | undefined;
  to: FlowNode | undefined;
  selected: boolean;
  words: WordsOfCanvas;
  made: WireEdge;
}

/** React Flow's edges, computed from the document; a wire whose ends did not change stays the same object. */
export function useCanvasEdges() {
  const store = useEditorStore();
  const words = useWords();
  const nodes = useEditor((state) => state.flow.nodes);
  const edges = useEditor((state) => state.flow.edges);
  const selected = useEditor((state) => state.selection.edges);
  const kept = useRef(new Map<string, Kept>());

  const list = useMemo(() => {
    const chosen = new Set(selected);
    const next = new Map<string, Kept>();
    for (const edge of edges) {
      const key = edgeKey(edge);
      const parts = { edge, from: own(nodes, endNode(edge.from)), to: own(nodes, endNode(edge.to)), selected: chosen.has(key), words };
      const old = kept.current.get(key);
      const same =
        old?.edge === edge && old.from === parts.from && old.to === parts.to && old.selected === parts.selected && old.words === words;
      next.set(key, same && old !== undefined ? old : { ...parts, made: makeEdge(store.catalogue, key, parts, words) });
    }
    kept.current = next;
    return [...next.values()].map((one) => one.made);
  }, [nodes, edges, selected, words, store]);

  const onEdgesChange = useCallback(
    (changes: EdgeChange<WireEdge>[]) => {
      const picked = changes.filter((change) => change.type === 'select');
      if (picked.length === 0) return;
      const { selection } = store.getState();
      const chosen = new Set(selection.edges);
      for (const change of picked) {
        if (change.selected) chosen.add(change.id);
        else chosen.delete(change.id);
      }
      store.select({ nodes: selection.nodes, edges: [...chosen] });
    },
    [store],
  );
  return { edges: list, onEdgesChange };
}

const own = (nodes: Record<string, FlowNode>, id: string) => (Object.hasOwn(nodes, id) ? nodes[id] : undefined);

function makeEdge(catalogue: Catalogue, id: string, parts: Omit<Kept, 'made'>, words: WordsOfCanvas): WireEdge {
  const { edge, from, to } = parts;
  const output = from && portsKept(catalogue, from)?.outputs.find((port) => port.id === endPort(edge.from));
  const input = to && portsKept(catalogue, to)?.inputs.find((port) => port.id === endPort(edge.to));
  const type: PortType = output?.type ?? 'any';
  const name = (end: string, title: string | undefined) =>
    words.t('wirePort', { step: words.title(endNode(end)), port: title ?? endPort(end) });
  return {
    id,
    type: 'wire',
    source: endNode(edge.from),
    sourceHandle: endPort(edge.from),
    target: endNode(edge.to),
    targetHandle: endPort(edge.to),
    selected: parts.selected,
    data: { edge, type, conversion: input === undefined ? null : conversion(type, input.type) },
    ariaLabel: words.t('wireName', {
      from: name(edge.from, output && words.label(output.title)),
      to: name(edge.to, input && words.label(input.title)),
    }),
    domAttributes: { tabIndex: -1 },
  };
}
