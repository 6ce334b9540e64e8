import type { Json } from '@patchbay/flow';
import { describeFailure, type Failure, type Locale } from '@patchbay/node-kit';
import { endRun } from './end-run.ts';
import { abortWork, endStep, partialOutputs } from './end-step.ts';
import { isKnown, isRetryable, logFields, mayUseOtherModel, retryAfter, toFailure } from './failure.ts';
import { pauseBefore } from './retry.ts';
import { type ActiveStep, mayStart, type RunState } from './run-state.ts';
import { settleOutputs } from './settle.ts';
import type { StepContext } from './step-context.ts';

type Attempt = (run: RunState, active: ActiveStep, number: number) => void;

/** A try has failed: what the node's rule says, in the order retry, other way, stop. */
export function handleFailure(run: RunState, active: ActiveStep, context: StepContext, thrown: unknown, attempt: Attempt): void {
  const failure = toFailure(thrown, active.step.id);
  if (!isKnown(thrown)) logUnexpected(context, thrown);
  abortWork(active);
  const { rule } = active.step;
  if (!active.read) {
    if (retryLater(run, active, failure, context.attempt, retryAfter(thrown), attempt)) return;
    if (rule.otherwise === 'fallback-model' && !active.otherModel && mayUseOtherModel(failure)) {
      active.otherModel = true;
      tryAgain(run, active, failure, context.attempt + 1, 0, attempt);
      return;
    }
    if (rule.otherwise === 'fallback-value') {
      goOn(run, active, failure, rule.values);
      return;
    }
  }
  if (rule.otherwise === 'error-output') goOn(run, active, failure, { error: errorValue(failure, run.world.locale) });
  else stop(run, active, failure);
}

function logUnexpected(context: StepContext, thrown: unknown): void {
  try {
    context.log('warn', 'a step failed in a way its node did not foresee', logFields(thrown));
  } catch {
    // A log that fails must not change how the run ends.
  }
}

function retryLater(run: RunState, active: ActiveStep, failure: Failure, made: number, retryAfterMs: number, attempt: Attempt): boolean {
  const { rule } = active.step;
  if (active.otherModel || made >= rule.tries || !isRetryable(failure)) return false;
  const delayMs = pauseBefore(rule, made, retryAfterMs, run.world.random());
  if (delayMs === null) return false;
  tryAgain(run, active, failure, made + 1, delayMs, attempt);
  return true;
}

function tryAgain(run: RunState, active: ActiveStep, error: Failure, number: number, delayMs: number, attempt: Attempt): void {
  active.context = undefined;
  active.generator = undefined;
  active.texts = undefined;
  run.emit?.({ type: 'step-retry', node: active.step.id, scope: run.scope, attempt: number, delayMs, error });
  if (!mayStart(run)) return;
  if (delayMs === 0) {
    attempt(run, active, number);
    return;
  }
  active.timer = setTimeout(() => {
    if (run.ended || run.active[active.step.index] !== active) return;
    attempt(run, active, number);
  }, delayMs);
}

/** The failure is told, and the run goes on with the values the rule gives in place of the node's own. */
function goOn(run: RunState, active: ActiveStep, failure: Failure, values: Readonly<Record<string, Json>>): void {
  const { step } = active;
  endStep(run, active, { status: 'failed', error: failure, handled: true, outputs: { ...partialOutputs(active), ...values } });
  for (const text of active.texts?.values() ?? []) text.fail();
  settleOutputs(run, step, values, 'source_failed');
}

function stop(run: RunState, active: ActiveStep, failure: Failure): void {
  endStep(run, active, { status: 'failed', error: failure, outputs: partialOutputs(active) });
  endRun(run, 'failed', failure);
}

/** What the error output carries: the sentence is in the language of the run. */
const errorValue = (failure: Failure, locale: Locale): Json => ({
  class: failure.class,
  message: describeFailure(failure, locale).message,
  node: failure.node ?? '',
});
