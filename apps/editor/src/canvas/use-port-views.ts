import type { FlowNode } from '@patchbay/flow';
import type { InputPort, PortType, ResolvedNode } from '@patchbay/node-kit';
import { useUpdateNodeInternals } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { endNode, endPort } from '../store/edits/ends.ts';
import { fanInOf, portsKept } from '../store/edits/ports.ts';
import { edgeIndex } from '../store/indexes.ts';
import type { EditorState } from '../store/types.ts';
import type { PortView } from './node-ports.tsx';

interface PortViews {
  resolved: ResolvedNode | undefined;
  inputs: PortView[];
  outputs: PortView[];
}

/** A card's ports as drawn. Wires count only as far as they concern this node, so other edits do not draw it again. */
export function usePortViews(id: string, node: FlowNode): PortViews {
  const { catalogue } = useEditorStore();
  const resolved = portsKept(catalogue, node);
  // One string of `port=type` for each wired input: cheap to compare, so the card stays still.
  const wired = useEditor((state) => wiredTypes(state, id, catalogue));
  const views = useMemo(() => {
    const types = new Map(wired.split(' ').map((pair) => pair.split('=') as [string, PortType]));
    const inputs = (resolved?.inputs ?? []).map((port) => inputView(node, port, types.get(port.id)));
    const outputs = (resolved?.outputs ?? []).map(
      (port): PortView => ({ port, side: 'output', type: port.type, optional: false, missing: false }),
    );
    return { resolved, inputs, outputs };
  }, [resolved, wired, node]);
  useFreshHandles(id, views);
  return views;
}

function wiredTypes(state: EditorState, id: string, catalogue: Parameters<typeof portsKept>[0]): string {
  const into = edgeIndex(state.flow.edges).toNode.get(id);
  if (into === undefined) return '';
  return into
    .map((edge) => {
      const source = endNode(edge.from);
      const from = Object.hasOwn(state.flow.nodes, source) ? state.flow.nodes[source] : undefined;
      const output = from && portsKept(catalogue, from)?.outputs.find((port) => port.id === endPort(edge.from));
      return `${endPort(edge.to)}=${output?.type ?? 'any'}`;
    })
    .join(' ');
}

function inputView(node: FlowNode, port: InputPort, wired: PortType | undefined): PortView {
  const filled = wired !== undefined || (node.values !== undefined && Object.hasOwn(node.values, port.id));
  return {
    port,
    side: 'input',
    type: port.chip === true && wired !== undefined ? wired : port.type,
    optional: !port.required,
    missing: port.required && !filled,
    fanIn: node.fanIn && Object.hasOwn(node.fanIn, port.id) ? fanInOf(node, port) : undefined,
  };
}

/** Wires end at measured handles: when ports come, go or swap, they are measured again. */
function useFreshHandles(id: string, views: PortViews): void {
  const update = useUpdateNodeInternals();
  const signature = [...views.inputs, ...views.outputs].map((view) => `${view.side}${view.port.id}`).join();
  const first = useRef(signature);
  useEffect(() => {
    if (first.current === signature) return;
    first.current = signature;
    update(id);
  }, [id, signature, update]);
}
