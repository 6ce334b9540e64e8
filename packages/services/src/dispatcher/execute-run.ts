import { type AttemptKey, type DurableRun, type JournalEntry, StorageError, type WaitRow } from '@patchbay/db';
import { type StartedRun, startRun } from '@patchbay/engine';
import type { Json, Locale } from '@patchbay/flow';
import type { Purse } from '@patchbay/host';
import type { Failure, RunResult } from '@patchbay/node-kit';
import type { Deps } from '../deps.ts';
import { storedFlow } from '../flows/flow-resource.ts';
import { starterOf } from '../keys/verify-key.ts';
import { engineLimits } from '../limits/limit-settings.ts';
import type { RunSource } from '../resources.ts';
import { type KnownSteps, knownSteps } from '../reuse/known-steps.ts';
import type { RunMaking } from '../reuse/run-making.ts';
import { hidingInside } from '../runs/flows-inside.ts';
import { flowKey, flowLoader } from '../runs/load-flow.ts';
import { type Hiding, hidingOfAll } from '../runs/mask-record.ts';
import type { PreparedRun } from '../runs/prepare-run.ts';
import { readDetail } from '../runs/record-run.ts';
import type { Target } from '../runs/target.ts';
import { endWithout } from './end-without.ts';
import type { Feed } from './feed.ts';
import { createRecorder } from './recorder.ts';
import { readJournal } from './run-journal.ts';
import { type RunEndParts, storeEnd } from './store-end.ts';
import { targetOfRun } from './target-of-run.ts';
import { createRunWaits, waitResource } from './waits.ts';

/** How one attempt of a durable run came out. */
export type Outcome =
  /** The run has ended and its end is stored. */
  | { kind: 'ended'; result: RunResult }
  /** It waits for a person or a time, and takes no memory meanwhile. `now`: what it waited for has come already. */
  | { kind: 'waiting'; now: boolean }
  /** It is left as it stands; this or another process goes on with it. */
  | { kind: 'left'; why: 'stopping' | 'taken' }
  /** The store does not take what happens; it can be tried again. */
  | { kind: 'lost'; error: unknown };

/** What a run began with. */
type Began = Pick<RunEndParts, 'inputs' | 'making' | 'masked'>;

/** An attempt under way in this process. */
export interface Execution {
  outcome: Promise<Outcome>;
  cancel(cause: string): void;
  /** Stops the work and leaves the run unfinished, to be gone on with. */
  leave(): void;
}

export interface ExecutionParts {
  deps: Deps;
  of: AttemptKey;
  run: DurableRun;
  entries: readonly JournalEntry[];
  waits: readonly WaitRow[];
  feed: Feed;
  /** Somebody reads its pieces as they come. */
  streams: boolean;
  /** What was settled when it was accepted in this process, so that none of it has to be found again. */
  prepared?: PreparedRun | undefined;
}

/** Executes one attempt that was taken: what the journal holds is not done again, all else is journaled as it ends. */
export function executeRun({ deps, of, run, entries, waits: known, feed, streams, prepared }: ExecutionParts): Execution {
  const journal = readJournal(entries);
  const locale = run.locale as Locale;
  const waits = createRunWaits(known);
  let started: StartedRun | undefined;
  let cancelled: string | undefined;
  let left: Extract<Outcome, { kind: 'left' }>['why'] | undefined;
  let trouble: { error: unknown } | undefined;
  let gaveUp = false;
  const hidden: Hiding[] = [];
  const source = run.run.source as RunSource;

  function leave(why: 'stopping' | 'taken'): void {
    left ??= why;
    started?.cancel('stopping');
  }
  const recorder = createRecorder({
    of,
    journal: deps.database.journal,
    known: journal,
    feed,
    onLost: (error) => {
      if (error !== undefined) trouble ??= { error };
      leave('taken');
    },
  });

  async function execute(): Promise<Outcome> {
    const target = prepared?.target ?? (await targetOfRun(deps, run.run, run.document, locale));
    const { inputs, making, masked } = prepared ?? readDetail(run.run.detail);
    let result: RunResult;
    const [lost] = journal.inFlight;
    if (target === undefined)
      result = endWithout(deps, { run, entries }, 'failed', { class: 'internal', reason: 'version_gone', params: {} });
    else if (lost !== undefined) {
      const failure: Failure = { class: 'internal', reason: 'interrupted', params: { node: lost.node }, node: lost.node };
      result = endWithout(deps, { run, entries }, 'interrupted', failure);
    } else {
      // What ended in a former attempt is not run again, but what it hides is hidden all the same.
      if (entries.length > 0) hidden.push(...(await hidingInside({ workspaceId: of.workspaceId, locale, deps }, source, target)));
      started = await start(target, inputs, making);
      if (cancelled !== undefined) started.cancel(cancelled);
      if (left !== undefined) started.cancel('stopping');
      result = await started.result;
    }
    return finish({ inputs, making, masked }, result, hidingOfAll(target?.hiding, hidden));
  }

  async function start(target: Target, inputs: Record<string, Json>, making: RunMaking | undefined): Promise<StartedRun> {
    const { workspaceId, runId } = of;
    const purses = prepared?.purses ?? (await pursesOf(deps, workspaceId, run.keyId));
    const known = prepared === undefined ? making && (await knownOfRun(making)) : prepared.known;
    const { manages } = run;
    const world = deps.host.world({ locale, streaming: streams, workspace: workspaceId, manages, flow: target.talks, purses });
    return startRun(target.plan, inputs, {
      world: { ...world, wait: waits.wait },
      runId,
      loadFlow: flowLoader({ workspaceId, locale, deps }, source, hidden),
      flowKey: flowKey(target),
      ...engineLimits(deps.limits),
      startedAt: run.run.startedAt,
      ...known,
      recall: known === undefined ? journal.step : (scope, node, ask) => journal.step(scope, node) ?? known.recall(scope, node, ask),
      before: noteStart,
      onEvent: (event) => {
        if (left === undefined) recorder.hear(event);
      },
    });
  }

  function knownOfRun(making: RunMaking): Promise<KnownSteps | undefined> {
    const { flowId } = run.run;
    const flow = run.document === null ? undefined : storedFlow(deps, run.document);
    return knownSteps({ deps, workspaceId: of.workspaceId, flowId, flow, source, locale, making });
  }

  /** A step that must not run twice begins only when the store knows. */
  async function noteStart(scope: string, node: string): Promise<void> {
    try {
      if (await deps.database.journal.begin(of, { scope, node })) return;
    } catch (error) {
      trouble ??= { error };
    }
    leave('taken');
    throw new Error('the start of a step could not be noted');
  }

  async function finish(began: Began, result: RunResult, hiding: Hiding | undefined): Promise<Outcome> {
    try {
      if (trouble !== undefined) return { kind: 'lost', error: trouble.error };
      if (left !== undefined) return { kind: 'left', why: left };
      if (result.status === 'waiting') return await park();
      const endEvent = recorder.nextId();
      const { late, stored } = recorder;
      if (!(await storeEnd(deps, { of, ...began, result, endEvent, late, hiding, stored }))) return { kind: 'left', why: 'taken' };
      recorder.tellEnd(endEvent, { type: 'run-end', ...result });
      return { kind: 'ended', result };
    } catch (error) {
      return giveUp(error);
    }
  }

  async function park(): Promise<Outcome> {
    if (!(await recorder.stored())) return { kind: 'left', why: 'taken' };
    const asked = waits.asked();
    const parked = await deps.database.waits.park(of, asked);
    if (parked === 'refused') return { kind: 'left', why: 'taken' };
    recorder.tell({ type: 'run-wait', waits: asked.map(waitResource) });
    return { kind: 'waiting', now: parked === 'answered' };
  }

  /** What cannot be executed though the store answers will not be better later: it ends. */
  async function giveUp(error: unknown): Promise<Outcome> {
    if (error instanceof StorageError || left !== undefined || trouble !== undefined || gaveUp) return { kind: 'lost', error };
    gaveUp = true;
    deps.onTrouble('durable_run', error);
    const failure: Failure = { class: 'internal', reason: 'unexpected', params: {} };
    const detail = { inputs: {}, making: undefined, masked: undefined };
    return finish(detail, endWithout(deps, { run, entries }, 'failed', failure), hidingOfAll(undefined, hidden));
  }

  return {
    outcome: execute().catch(giveUp),
    cancel(cause) {
      cancelled ??= cause;
      started?.cancel(cause);
    },
    leave: () => leave('stopping'),
  };
}

async function pursesOf(deps: Deps, workspaceId: string, keyId: string | null): Promise<readonly Purse[]> {
  const actor = await starterOf(deps, workspaceId, keyId);
  return deps.budgets.pursesFor({ workspaceId, actor });
}
