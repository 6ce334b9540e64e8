import { family, isList } from '@patchbay/node-kit';
import { type EdgeProps, getBezierPath, Position, type ReactFlowState, useStore } from '@xyflow/react';
import { type KeyboardEvent, type MouseEvent, memo, useMemo } from 'react';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { fitOnEdge } from '../store/edits/add-node.ts';
import { endNode } from '../store/edits/ends.ts';
import type { Point } from '../store/edits/place.ts';
import { stepOf } from '../store/turns.ts';
import { useCanvasUi } from './canvas-ui.ts';
import type { WireEdge } from './types.ts';
import { useDragOffset } from './use-card-drag.ts';
import { useWords } from './use-words.ts';

/** From the middle of a handle's outer side to the rim of the shape inside it. */
const reach = 7;

/** A wire in its type's colour: straight when it can, softly bent when it must. */
export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
  const { selected, data } = props;
  const { from, to } = useEnds(props);
  const live = useEditor((state) => {
    if (data === undefined || state.run.phase !== 'running') return false;
    return stepOf(state, endNode(data.edge.from))?.status === 'streaming';
  });
  if (data === undefined) return null;
  const [path, middleX, middleY] = wirePath(from.x - reach, from.y, to.x + reach, to.y);
  const colour = `var(--type-${family(data.type)})`;
  return (
    <g className="wire" data-selected={selected || undefined} data-live={live || undefined}>
      <path className="wire-reach" d={path} />
      <path className="wire-line react-flow__edge-path" d={path} style={{ stroke: colour }} />
      {isList(data.type) && <path className="wire-core" d={path} />}
      <AddButton data={data} x={middleX} y={middleY} />
      {data.conversion !== null && data.conversion !== 'same' && <ConversionBadge rule={data.conversion} x={middleX} y={middleY} />}
    </g>
  );
});

/** Where the wire ends now. What React Flow says of ends and of cards is of the same moment, so a drag is told from both. */
function useEnds({ source, target, sourceX, sourceY, targetX, targetY }: EdgeProps<WireEdge>): { from: Point; to: Point } {
  const out = useDragOffset(source, useStore(useMemo(() => placeOf(source), [source])));
  const into = useDragOffset(target, useStore(useMemo(() => placeOf(target), [target])));
  return { from: { x: sourceX + out.x, y: sourceY + out.y }, to: { x: targetX + into.x, y: targetY + into.y } };
}

const placeOf = (step: string) => (state: ReactFlowState) => state.nodeLookup.get(step)?.internals.positionAbsolute;

export function wirePath(fromX: number, fromY: number, toX: number, toY: number): [path: string, x: number, y: number] {
  const [path, x, y] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    targetX: toX,
    targetY: toY,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
    curvature: 0.3,
  });
  return [path, x, y];
}

function AddButton({ data, x, y }: { data: NonNullable<WireEdge['data']>; x: number; y: number }) {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const { t } = useWords();
  const open = (event: MouseEvent | KeyboardEvent) => {
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    const { takes, gives } = fitOnEdge(store.getState().flow, store.catalogue, data.edge);
    ui.setState({
      overlay: { kind: 'picker', at: { x: box.x + box.width / 2, y: box.bottom + 4 }, fit: { takes, gives }, edge: data.edge },
    });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button inside SVG.
    <g
      className="wire-add nopan"
      role="button"
      tabIndex={-1}
      aria-label={t('addOnWire')}
      transform={`translate(${x} ${y})`}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') open(event);
      }}
    >
      <circle className="wire-add-hit" r="14" />
      <circle className="wire-add-disc" r="9" />
      <path className="wire-add-plus" d="M-4 0H4M0 -4V4" />
    </g>
  );
}

const badges = {
  'value-to-text': 'T',
  'list-to-text': 'T',
  'data-to-text': 'T',
  'text-to-data': '{}',
  'wrap-list': '[]',
  'text-to-chat': '“”',
} as const;

/** Says that the value changes its type on the way, and how. */
function ConversionBadge({ rule, x, y }: { rule: keyof typeof badges; x: number; y: number }) {
  const { t } = useWords();
  return (
    <g className="wire-badge" transform={`translate(${x} ${y})`}>
      <title>{t(`conversion.${rule}`)}</title>
      <rect x="-11" y="-8" width="22" height="16" rx="4" />
      <text y="4" textAnchor="middle">
        {badges[rule]}
      </text>
    </g>
  );
}
