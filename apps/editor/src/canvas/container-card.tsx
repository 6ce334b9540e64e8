import type { FlowNode } from '@patchbay/flow';
import { type NodeProps, NodeResizeControl } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { TurnStepper } from '../run/turn-stepper.tsx';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { leastFrame } from '../store/edits/frame.ts';
import { problemsOf } from '../store/indexes.ts';
import { showTurn, stepOf, turnsOf } from '../store/turns.ts';
import { CardHead } from './card-head.tsx';
import { Essence, essenceOf } from './node-card.tsx';
import { usePinned } from './node-origin.tsx';
import { InnerPorts, NodePorts } from './node-ports.tsx';
import { NodeFooter } from './node-run.tsx';
import type { StepNode } from './types.ts';
import { usePortViews } from './use-port-views.ts';
import { useWords } from './use-words.ts';

/** A container on the canvas: a frame with a header, its ports outside and inside, and room for the steps that stand in it. */
export const ContainerCard = memo(function ContainerCard({ id, selected }: NodeProps<StepNode>) {
  const node = useEditor((state) => (Object.hasOwn(state.flow.nodes, id) ? state.flow.nodes[id] : undefined));
  return node === undefined ? null : <Frame id={id} node={node} selected={selected} />;
});

function Frame({ id, node, selected }: { id: string; node: FlowNode; selected: boolean }) {
  const { catalogue } = useEditorStore();
  const { t, title, locale } = useWords();
  const definition = catalogue.get(node.type);
  const { inputs, outputs, resolved } = usePortViews(id, node);
  const step = useEditor((state) => stepOf(state, id));
  const wrong = useEditor((state) => problemsOf(state.problems, id).some((problem) => problem.severity === 'error'));
  const empty = useEditor((state) => !Object.values(state.flow.nodes).some((other) => other.parent === id));
  const sides = useMemo(
    () => ({
      outer: { inputs: inputs.filter(({ port }) => port.inner !== true), outputs: outputs.filter(({ port }) => port.inner !== true) },
      inner: { inputs: inputs.filter(({ port }) => port.inner === true), outputs: outputs.filter(({ port }) => port.inner === true) },
    }),
    [inputs, outputs],
  );
  const pinned = usePinned(id);
  const name = title(id);
  return (
    <div
      className="card frame"
      data-reused={step?.origin !== undefined || undefined}
      data-status={step?.status}
      data-wrong={wrong || undefined}
      data-bypass={node.bypass || undefined}
      data-selected={selected || undefined}
    >
      <CardHead id={id} definition={definition} step={step}>
        <ShownTurn id={id} name={name} />
      </CardHead>
      <Essence id={id} text={essenceOf(() => definition?.essence(resolved?.config ?? node.config, locale) ?? '')} />
      <NodePorts node={id} step={name} {...sides.outer} />
      <InnerPorts node={id} step={name} {...sides.inner} />
      {empty && <p className="frame-empty">{t('loops:empty')}</p>}
      <div className="frame-foot">
        <NodeFooter id={id} step={step} bypass={node.bypass === true} pinned={pinned} />
      </div>
      <NodeResizeControl position="bottom-right" minWidth={leastFrame.width} minHeight={leastFrame.height} className="frame-resize">
        <svg width="12" height="12" viewBox="0 0 12 12" role="img" aria-label={t('loops:size', { title: name })}>
          <path d="M11 3 3 11M11 7.5 7.5 11" stroke="currentColor" fill="none" />
        </svg>
      </NodeResizeControl>
    </div>
  );
}

/** Which turn the steps inside show, and the way to the others. */
function ShownTurn({ id, name }: { id: string; name: string }) {
  const store = useEditorStore();
  // As text, so that a card is drawn again only when something of it has changed.
  const told = useEditor((state) => {
    const turns = turnsOf(state, id);
    return turns === undefined ? '' : JSON.stringify({ seen: turns.seen, failed: turns.failed, turn: turns.turn });
  });
  if (told === '') return null;
  const show = (turn: number) => showTurn(store, id, turn);
  return <TurnStepper quiet name={name} {...(JSON.parse(told) as { seen: number[]; failed: number[]; turn: number })} onTurn={show} />;
}
