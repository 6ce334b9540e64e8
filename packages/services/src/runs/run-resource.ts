import type { RunListRow, RunRow } from '@patchbay/db';
import { pathOf, pathsAround } from '@patchbay/engine';
import { fillWords, type Locale, type Words } from '@patchbay/flow';
import {
  describeFailure,
  type Failure,
  type ReusedStep,
  type RunResult,
  type RunStatus,
  type SkipReason,
  type UsageTotal,
} from '@patchbay/node-kit';
import type { FailureResource, RunDetail, RunResource, RunSource, RunSummary, StepResource } from '../resources.ts';
import { readDetail, type StepRecord } from './record-run.ts';
import { isUnfinished } from './run-status.ts';

/** A failure with its sentence and its fix. */
export const failureResource = (failure: Failure, locale: Locale): FailureResource => ({ ...failure, ...describeFailure(failure, locale) });

/** The body of a run call. */
export function runResource(id: string, result: Omit<RunResult, 'error'>, locale: Locale): RunResource {
  const { status, usage } = result;
  const run: RunResource['run'] = { id, status, durationMs: Math.round(result.durationMs), usage };
  if (result.simulated) run.simulated = true;
  if (result.empty === true) {
    run.empty = true;
    if (result.reason !== undefined) run.reason = describeSkip(result.reason, locale);
  }
  if (result.reused !== undefined) run.reused = result.reused;
  return { outputs: result.outputs, run };
}

const skipWords: Record<SkipReason['code'], Words> = {
  branch: { en: 'Nothing came out: “{node}” went another way.', 'zh-Hans': '没有输出：“{node}”走了另一条分支。' },
  bypass: { en: 'Nothing came out: “{node}” is switched off.', 'zh-Hans': '没有输出：“{node}”已被停用。' },
  not_wanted: {
    en: 'Nothing came out: “{node}” was not asked for, and no earlier value of it is known.',
    'zh-Hans': '没有输出：未要求运行“{node}”，也没有它之前的值。',
  },
  source_failed: { en: 'Nothing came out: “{node}” failed.', 'zh-Hans': '没有输出：“{node}”失败了。' },
};

/** Why a run answered nothing, in one sentence. */
export const describeSkip = ({ code, node }: SkipReason, locale: Locale): string => fillWords(skipWords[code], { node }, locale);

/** A row of the list of runs. Status, source and usage are written by this package alone. */
export function runSummary(row: RunListRow): RunSummary {
  return {
    id: row.id,
    flowId: row.flowId,
    flowName: row.flowName,
    version: row.version,
    source: row.source as RunSource,
    status: row.status as RunStatus,
    startedAt: new Date(row.startedAt).toISOString(),
    durationMs: row.durationMs,
    usage: JSON.parse(row.usage) as UsageTotal,
    simulated: row.simulated,
  };
}

/** A stored run with its steps: those in its row, or in its journal. */
export function runDetail(row: RunRow, journaled: readonly StepRecord[], locale: Locale): RunDetail {
  const summary = runSummary(row);
  const { inputs, outputs, empty, reason, steps = journaled, making, masked, ...detail } = readDetail(row.detail);
  const error = isUnfinished(row.status) ? undefined : detail.error;
  const result: Omit<RunResult, 'error'> = { ...summary, outputs };
  if (empty === true) result.empty = true;
  if (reason !== undefined) result.reason = reason;
  const reused = reusedSteps(row, steps);
  if (reused.length > 0) result.reused = reused;
  const { flowId, flowName, version, source, startedAt } = summary;
  return {
    ...runResource(row.id, result, locale),
    flowId,
    flowName,
    version,
    source,
    startedAt,
    inputs,
    ...(error === undefined ? {} : { error: failureResource(error, locale) }),
    steps: steps.map((step) => stepResource(step, locale)),
    ...(making?.replay === undefined ? {} : { replay: making.replay }),
    ...(masked === true ? { masked } : {}),
  };
}

/** The steps whose values came from elsewhere, without those that stood inside such a step. */
function reusedSteps({ startedAt }: RunRow, steps: readonly StepRecord[]): ReusedStep[] {
  const lent = steps.filter((step) => step.origin !== undefined);
  const paths = new Set(lent.map(({ scope = '', node }) => pathOf(scope, node)));
  return lent.flatMap(({ scope = '', node, origin, atMs }): ReusedStep[] => {
    if (origin === undefined || pathsAround(scope).some((path) => paths.has(path))) return [];
    return [{ node, scope, origin, ageMs: Math.max(0, startedAt + atMs - origin.at) }];
  });
}

function stepResource({ scope = '', error, ...step }: StepRecord, locale: Locale): StepResource {
  return error === undefined ? { ...step, scope } : { ...step, scope, error: failureResource(error, locale) };
}
