import type { FlowNode } from '@patchbay/flow';
import { parseTemplate } from '@patchbay/node-kit';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { endNode } from '../store/edits/ends.ts';
import { edgeIndex, noEdges, problemsOf } from '../store/indexes.ts';
import { stepOf } from '../store/turns.ts';
import { CardHead } from './card-head.tsx';
import { usePinned } from './node-origin.tsx';
import { NodePorts } from './node-ports.tsx';
import { NodeFooter, NodeOutput } from './node-run.tsx';
import type { StepNode } from './types.ts';
import { usePortViews } from './use-port-views.ts';
import { useWords } from './use-words.ts';

/** One step on the canvas. It reads its own record by id, so an edit elsewhere or a drag draws no other card. */
export const NodeCard = memo(function NodeCard({ id, selected }: NodeProps<StepNode>) {
  const node = useEditor((state) => (Object.hasOwn(state.flow.nodes, id) ? state.flow.nodes[id] : undefined));
  return node === undefined ? null : <Card id={id} node={node} selected={selected} />;
});

function Card({ id, node, selected }: { id: string; node: FlowNode; selected: boolean }) {
  const { catalogue } = useEditorStore();
  const { t, title, locale } = useWords();
  const definition = catalogue.get(node.type);
  const { inputs, outputs, resolved } = usePortViews(id, node);
  const step = useEditor((state) => stepOf(state, id));
  const wrong = useEditor((state) => problemsOf(state.problems, id).some((problem) => problem.severity === 'error'));
  const pinned = usePinned(id);
  const name = title(id);
  const states = { status: step?.status, wrong: wrong || undefined, bypass: node.bypass || undefined, selected: selected || undefined };
  return (
    <div
      className="card"
      data-status={states.status}
      data-wrong={states.wrong}
      data-bypass={states.bypass}
      data-selected={states.selected}
      data-reused={step?.origin !== undefined || undefined}
      data-role={definition?.role}
      data-unknown={definition === undefined || undefined}
    >
      <CardHead id={id} definition={definition} step={step} />
      {definition === undefined ? (
        <p className="card-essence">{t('unknownType', { type: node.type })}</p>
      ) : (
        <Essence
          id={id}
          text={definition.role === 'annotation' ? '' : essenceOf(() => definition.essence(resolved?.config ?? node.config, locale))}
        />
      )}
      {definition?.role === 'annotation' && <p className="card-note">{definition.essence(resolved?.config ?? node.config, locale)}</p>}
      <NodePorts node={id} step={name} inputs={inputs} outputs={outputs} />
      <NodeOutput name={name} step={step} ends={definition?.role === 'flow-output'} />
      <NodeFooter id={id} step={step} bypass={node.bypass === true} pinned={pinned} />
    </div>
  );
}

/** A half-typed config may be unlike what its node type expects. */
export function essenceOf(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** The node in one line; chips in it are shown by the name of the step they come from. */
export function Essence({ id, text }: { id: string; text: string }) {
  const { title } = useWords();
  const into = useEditor((state) => edgeIndex(state.flow.edges).toNode.get(id) ?? noEdges);
  if (text === '') return null;
  return (
    <p className="card-essence">
      {parseTemplate(text).parts.map((part) => {
        if (typeof part === 'string') return part;
        const wire = into.find((edge) => edge.to === `${id}.${part.port}`);
        return (
          <span key={part.start} className="card-chip" data-loose={wire === undefined || undefined}>
            {wire === undefined ? part.port : title(endNode(wire.from))}
          </span>
        );
      })}
    </p>
  );
}
