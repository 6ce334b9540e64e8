import type { RunRow } from '@patchbay/db';
import { type EndedStep, pathOf, pathsAround } from '@patchbay/engine';
import type { FlowDocument } from '@patchbay/flow';
import type { RunEvent } from '@patchbay/node-kit';
import type { Deps } from '../deps.ts';
import { stepsOf } from '../dispatcher/run-journal.ts';
import { storedFlow } from '../flows/flow-resource.ts';
import { hidingOf } from '../runs/mask-record.ts';
import { type RunRecord, readDetail, type StepRecord } from '../runs/record-run.ts';
import { isUnfinished } from '../runs/run-status.ts';

/** A run that is over, with what its steps answered. */
export interface FormerRun {
  row: RunRow;
  record: RunRecord;
  steps: EndedStep[];
  /** The flow it ran; undefined where it is no longer kept. */
  flow: FlowDocument | undefined;
  /** The text of a draft it ran. */
  document: string | null;
  /** Its record has labels in place of personal data. */
  masked: boolean;
}

type StepEnd = Extract<RunEvent, { type: 'step-end' }>;

/** A stored run of the workspace; undefined where there is none. One that has not ended has no steps to rely on. */
export async function findFormerRun(deps: Deps, workspaceId: string, id: string): Promise<FormerRun | undefined> {
  const { runs, journal } = deps.database;
  const row = await runs.read(workspaceId, id);
  if (row === undefined) return undefined;
  const record = readDetail(row.detail);
  const steps = record.steps ?? stepsOf(await journal.entries(workspaceId, row.id));
  const { document, flow } = await flowOf(deps, row, record);
  const masked = record.masked === true || (flow !== undefined && hidingOf(flow) !== undefined);
  return { row, record, steps: isUnfinished(row.status) ? [] : endedSteps(row, steps), flow, document, masked };
}

/** The newest test run of a flow that is over and may lend its values. */
export async function newestFormerRun(deps: Deps, workspaceId: string, flowId: string): Promise<FormerRun | undefined> {
  const rows = await deps.database.runs.list(workspaceId, { flowId, limit: 50 });
  const row = rows.find(({ source, status }) => (source === 'test' || source === 'replay') && !isUnfinished(status));
  return row && findFormerRun(deps, workspaceId, row.id);
}

async function flowOf(deps: Deps, row: RunRow, { making }: RunRecord): Promise<Pick<FormerRun, 'flow' | 'document'>> {
  const { workspaceId, flowId, version, id } = row;
  const { journal, ranDrafts, versions } = deps.database;
  if (version !== null) {
    const published = await versions.findPublished(workspaceId, flowId, version);
    return { document: null, flow: published && storedFlow(deps, published.document) };
  }
  const kept = making?.draft === undefined ? undefined : await ranDrafts.read(workspaceId, flowId, making.draft);
  const document = kept ?? (await journal.read(workspaceId, id))?.document ?? null;
  return { document, flow: document === null ? undefined : storedFlow(deps, document) };
}

/** Steps with where their values come from first, and with what ended inside them. */
function endedSteps(row: RunRow, steps: readonly StepRecord[]): EndedStep[] {
  const inside = new Map<string, StepEnd[]>();
  const ends = steps.map(({ scope = '', ...step }): StepEnd => {
    const origin = step.origin ?? { kind: 'run', run: row.id, at: row.startedAt + step.atMs + step.durationMs };
    const end: StepEnd = { type: 'step-end', ...step, scope, origin };
    for (const path of pathsAround(scope)) inside.set(path, [...(inside.get(path) ?? []), end]);
    return end;
  });
  return ends.map((end) => ({ ...end, inside: inside.get(pathOf(end.scope, end.node)) }));
}
