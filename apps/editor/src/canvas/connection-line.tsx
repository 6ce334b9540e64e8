import { family } from '@patchbay/node-kit';
import type { ConnectionLineComponentProps } from '@xyflow/react';
import { useEditorStore } from '../store/context.tsx';
import { joinEnd } from '../store/edits/ends.ts';
import { inputAt, outputAt } from '../store/edits/ports.ts';
import type { StepNode } from './types.ts';
import { wirePath } from './wire.tsx';

/** The wire while it is being drawn: solid in its colour, red where it may not end. */
export function ConnectionLine(props: ConnectionLineComponentProps<StepNode>) {
  const { fromX, fromY, toX, toY, fromHandle, connectionStatus } = props;
  const store = useEditorStore();
  const end = joinEnd(fromHandle.nodeId, fromHandle.id ?? '');
  const { flow } = store.getState();
  const forward = fromHandle.type === 'source';
  const port = forward ? outputAt(flow, store.catalogue, end) : inputAt(flow, store.catalogue, end);
  const colour = connectionStatus === 'invalid' ? 'var(--bad)' : `var(--type-${family(port?.type ?? 'any')})`;
  const [path] = forward ? wirePath(fromX - 7, fromY, toX, toY) : wirePath(toX, toY, fromX + 7, fromY);
  return (
    <g className="wire-loose">
      <path d={path} fill="none" style={{ stroke: colour }} />
      <circle cx={toX} cy={toY} r="4" style={{ fill: colour }} />
    </g>
  );
}
