import type { SkipReason, StepStatus, UsageTotal, ValueOrigin } from '@patchbay/node-kit';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import type { ShownTurn } from '../store/turns.ts';
import { SimulatedBadge } from '../ui/badge.tsx';
import { formatDuration } from '../ui/format.ts';
import { Elapsed } from './elapsed.tsx';
import { OriginLine } from './origin-line.tsx';
import { StatusMark } from './status-mark.tsx';
import { type StepNames, skipSentence } from './step-names.ts';
import { TurnStepper } from './turn-stepper.tsx';
import { Cost, Tokens } from './usage-figures.tsx';

/** One step as the table shows it, from a live run or a stored one. */
export interface StepRow {
  /** Unlike any other row's. */
  key: string;
  node: string;
  /** How many containers it stands in. */
  depth: number;
  /** The innermost of these, or the step whose part it is. */
  inside?: string | undefined;
  /** Of a container: its turns, and the one whose steps follow. */
  turns?: ShownTurn | undefined;
  status: 'queued' | 'running' | 'streaming' | StepStatus;
  /** Milliseconds after the run's start. */
  atMs?: number | undefined;
  durationMs?: number | undefined;
  usage?: UsageTotal | undefined;
  model?: string | undefined;
  simulated?: boolean | undefined;
  reason?: { code: SkipReason['code'] | string; node: string; port?: string } | undefined;
  message?: string | undefined;
  /** Where its values come from, where it was not run. */
  origin?: ValueOrigin | undefined;
}

export interface StepTableProps {
  rows: StepRow[];
  name: StepNames;
  /** Wall clock at the run's start while it goes on. */
  startedAt?: number | undefined;
  onShow?: (node: string) => void;
  /** Whether there is such a step on the canvas: what an agent does is told as steps too. */
  isStep?: (node: string) => boolean;
  /** Another turn of a container is to be looked at. */
  onTurn: (container: string, turn: number) => void;
}

const right = 'px-3 py-1.5 text-right figures text-port leading-5 whitespace-nowrap';

/** Every step with when it worked, for how long, and what it cost. */
export function StepTable({ rows, name, startedAt, onShow, isStep = () => true, onTurn }: StepTableProps) {
  const { t } = useTranslation('run');
  const whole = Math.max(1, ...rows.map((row) => (row.atMs ?? 0) + (row.durationMs ?? 0)));
  return (
    <table className="w-full border-collapse text-body">
      <thead>
        <tr className="border-b text-left text-port text-ink3">
          <th scope="col" className="w-[28%] py-1.5 pr-3 pl-4 font-medium">
            {t('step')}
          </th>
          <th scope="col" className="px-3 font-medium">
            {t('state')}
          </th>
          <th scope="col" className="px-3 font-medium">
            {t('model')}
          </th>
          {(['time', 'tokens', 'cost'] as const).map((column) => (
            <th key={column} scope="col" className="px-3 text-right font-medium">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.key}
            row={row}
            name={name}
            whole={whole}
            startedAt={startedAt}
            onShow={partName(row, name) === undefined && isStep(row.node) ? onShow : undefined}
            onTurn={onTurn}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  row: StepRow;
  name: StepNames;
  whole: number;
  startedAt: number | undefined;
  onShow: ((node: string) => void) | undefined;
  onTurn: StepTableProps['onTurn'];
}

function Row({ row, name, whole, startedAt, onShow, onTurn }: RowProps) {
  const { t } = useTranslation('run');
  const locale = useLocale();
  const title = partName(row, name) ?? name(row.node);
  const working = row.status === 'running' || row.status === 'streaming';
  const why = row.message ?? (row.status === 'skipped' && row.reason !== undefined ? skipSentence(row.reason, name) : undefined);
  return (
    <tr className={`border-b align-baseline last:border-0 ${row.origin === undefined ? '' : 'text-ink3'}`}>
      <th scope="row" className="py-1.5 pr-3 text-left font-medium" style={{ paddingLeft: 16 + row.depth * 20 }}>
        <span className="flex flex-wrap items-center gap-x-2">
          {onShow === undefined ? (
            title
          ) : (
            <button
              type="button"
              aria-label={t('showStep', { step: title })}
              className="rounded-chip text-left hover:text-accent hover:underline"
              onClick={() => onShow(row.node)}
            >
              {title}
            </button>
          )}
          {row.turns !== undefined && <TurnStepper name={title} {...row.turns} onTurn={(turn) => onTurn(row.node, turn)} />}
        </span>
        {why !== undefined && (
          <span className={`block font-normal text-port text-pretty ${row.status === 'failed' ? 'text-bad' : 'text-ink3'}`}>{why}</span>
        )}
        {row.origin !== undefined && (
          <OriginLine origin={row.origin} usedAt={startedAt === undefined ? undefined : startedAt + (row.atMs ?? 0)} />
        )}
        <TimeBar row={row} whole={whole} />
      </th>
      <td className="px-3 py-1.5">
        <StatusMark status={row.status} />
      </td>
      <td className="px-3 py-1.5 text-port text-ink2">
        <span className="inline-flex flex-wrap items-baseline gap-x-2 gap-y-1">
          {row.model !== undefined && (
            <code className="max-w-[24ch] truncate" title={row.model}>
              {row.model}
            </code>
          )}
          {row.simulated === true && <SimulatedBadge />}
        </span>
      </td>
      <td className={right}>
        {working && startedAt !== undefined && <Elapsed since={startedAt + (row.atMs ?? 0)} />}
        {row.durationMs !== undefined && row.status !== 'skipped' && formatDuration(row.durationMs, locale)}
      </td>
      <td className={right}>
        <Tokens usage={row.usage} />
      </td>
      <td className={right}>
        <Cost usage={row.usage} simulated={row.simulated === true} />
      </td>
    </tr>
  );
}

const partName = ({ inside, node }: StepRow, name: StepNames): string | undefined =>
  inside === undefined ? undefined : name.part(inside, node);

/** When the step worked within the whole run, as a ruler under its name. */
function TimeBar({ row, whole }: { row: StepRow; whole: number }) {
  if (row.atMs === undefined || row.durationMs === undefined || row.status === 'skipped') return null;
  const left = (row.atMs / whole) * 100;
  const width = Math.max(0.5, (row.durationMs / whole) * 100);
  return (
    <span aria-hidden className="mt-1 block h-1 rounded-full bg-sunken">
      <span
        className={`block h-1 rounded-full ${row.status === 'failed' ? 'bg-bad' : 'bg-line-strong'}`}
        style={{ marginLeft: `${Math.min(left, 99.5)}%`, width: `${Math.min(width, 100 - left)}%` }}
      />
    </span>
  );
}
