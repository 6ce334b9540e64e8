import type { Json } from '@patchbay/flow';
import type { Plan } from './plan.ts';
import { canonical, planShape } from './plan-shape.ts';
import type { KnownEnd, Recall, RecalledStep, StepAsk } from './recall.ts';
import type { RunOptions } from './run-state.ts';
import { startRun } from './start-run.ts';

/** The end of a step in a run that is over, with its place there. */
export interface EndedStep extends RecalledStep {
  scope: string;
  node: string;
}

/** The scope of what stands directly in a step, without the number of its try. */
export const pathOf = (scope: string, node: string): string => (scope === '' ? node : `${scope}/${node}`);
const placeOf = (scope: string, node: string): string => `${scope}\n${node}`;

/** Answers every step as the record has it, for a run of the same flow. */
export function recallRecord(record: readonly EndedStep[]): Recall {
  const ends = new Map(record.map((end) => [placeOf(end.scope, end.node), end]));
  return (scope, node) => ends.get(placeOf(scope, node));
}

interface Answer {
  end: EndedStep;
  rule: string;
}

/**
 * What a run has found out, by what it asked: a step of any flow that does the same with the same values is answered,
 * wherever it stands and whatever its name; one in which another flow ran is gone through. The record holds no inputs, so they are found by running the flow of then
 * once more without executing anything. A failure is no answer unless its rule had another way, and has it still.
 */
export async function learnAnswers(
  plan: Plan,
  inputs: Readonly<Record<string, Json>>,
  record: readonly EndedStep[],
  options: Pick<RunOptions, 'world' | 'loadFlow' | 'flowKey'>,
): Promise<Recall> {
  const known = recallRecord(record);
  const { ran, around } = flowsRun(record);
  /** Steps that run others and nothing else. */
  const opened = new Set(ran);
  const answers = new Map<string, Answer[]>();

  function learn(scope: string, node: string, ask: () => StepAsk | undefined): void {
    const end = known(scope, node, ask) as EndedStep | undefined;
    if (end === undefined || (end.status !== 'succeeded' && end.handled !== true)) return;
    const asked = ask();
    if (asked === undefined) return;
    const path = pathOf(scope, node);
    if (asked.inside !== undefined) opened.add(path);
    if (around.has(path)) return;
    const key = keyOf(asked);
    const same = answers.get(key) ?? [];
    if (same.some((answer) => answer.end === end)) return;
    answers.set(key, [...same, { end, rule: canonical(asked.rule) }]);
  }

  const look = (opens: (path: string) => boolean) => {
    const recall: Recall = (scope, node, ask) => {
      learn(scope, node, ask);
      return opens(pathOf(scope, node)) ? undefined : known(scope, node, ask);
    };
    const knownOnly: KnownEnd = { status: 'failed', opens: (scope, node) => opens(pathOf(scope, node)) };
    return startRun(plan, inputs, { ...options, runId: 'replay', recall, knownOnly, maxSteps: Number.POSITIVE_INFINITY }).result;
  };
  // First as the record has it, so that nothing stands in the way of what comes after a container.
  await look(() => false);
  // Then through all that has steps inside.
  if (opened.size > 0) await look((path) => opened.has(path));
  return (scope, node, ask) => find(answers, scope, node, ask());
}

/**
 * The steps that ran another flow, and all that these stood in: what they answered follows from more than they know of.
 * What stands in another flow has the scope of the step that ran it; in a container or a turn the scope ends in a number.
 */
function flowsRun(record: readonly EndedStep[]): { ran: Set<string>; around: Set<string> } {
  const scopes = record.flatMap(({ scope }) => (/(^|\/)[a-z][a-z0-9_]*(~\d+)?$/.test(scope) ? [scope] : []));
  return {
    ran: new Set(scopes.map((scope) => scope.replace(/~\d+$/, ''))),
    around: new Set(scopes.flatMap(pathsAround)),
  };
}

/** The steps a scope stands in, each by its own scope and name, the innermost first. */
export function pathsAround(scope: string): string[] {
  const parts = scope.split('/');
  const ends = parts.flatMap((part, at) => (/[a-z]/.test(part) ? [at + 1] : [])).reverse();
  // The number of a later try belongs to the scope, not to the step.
  return ends.map((end) => parts.slice(0, end).join('/').replace(/~\d+$/, ''));
}

const keyOf = ({ type, config, inputs, inside }: StepAsk): string =>
  canonical([type, config, inputs, inside === undefined ? null : planShape(inside)]);

/** Of several equal answers the one from the same place, else the first. */
function find(
  answers: ReadonlyMap<string, readonly Answer[]>,
  scope: string,
  node: string,
  ask: StepAsk | undefined,
): RecalledStep | undefined {
  if (ask === undefined) return undefined;
  const rule = canonical(ask.rule);
  const fitting = (answers.get(keyOf(ask)) ?? []).filter((answer) => answer.end.status === 'succeeded' || answer.rule === rule);
  const end = (fitting.find(({ end: { scope: its, node: name } }) => its === scope && name === node) ?? fitting[0])?.end;
  return end && (end.inside === undefined ? end : { ...end, inside: moved(end, pathOf(scope, node)) });
}

/** What stood inside a step, told where it stands now. */
function moved({ scope, node, inside = [] }: EndedStep, to: string): RecalledStep['inside'] {
  const from = pathOf(scope, node);
  return from === to ? inside : inside.map((event) => ({ ...event, scope: to + event.scope.slice(from.length) }));
}
