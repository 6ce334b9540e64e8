import type { FlowDocument } from '@patchbay/flow';
import { nodeOf } from './edits/ends.ts';
import type { EditorState, EditorStore, InnerRun, RunState, StepState, Turns } from './types.ts';

const noTurns: Turns = { seen: [], failed: [] };
export const noInner: InnerRun = { steps: {}, turns: {} };

/** `outer/2/each/0` is turn 0 of `outer/2/each`. A scope that names no turn is the only one of its step. */
export function splitScope(scope: string): { container: string; turn: number } {
  const [, container, turn] = /^(.+)\/(\d+)$/.exec(scope) ?? [];
  return container === undefined ? { container: scope, turn: 0 } : { container, turn: Number(turn) };
}

export const joinScope = (scope: string, node: string): string => (scope === '' ? node : `${scope}/${node}`);

/** The step's state as one of a scope's; a turn that is new, or in which a step fails, is noted. */
export function withStep(inner: InnerRun, scope: string, node: string, state: StepState): InnerRun {
  const { container, turn } = splitScope(scope);
  const place = `${container}/${turn}`;
  const old = Object.hasOwn(inner.turns, container) ? (inner.turns[container] as Turns) : noTurns;
  const seen = old.seen.includes(turn) ? old.seen : [...old.seen, turn].sort((a, b) => a - b);
  const fails = state.status === 'failed' && !old.failed.includes(turn);
  const failed = fails ? [...old.failed, turn].sort((a, b) => a - b) : old.failed;
  return {
    steps: { ...inner.steps, [place]: { ...inner.steps[place], [node]: state } },
    turns: seen === old.seen && failed === old.failed ? inner.turns : { ...inner.turns, [container]: { seen, failed } },
  };
}

/** The container's scope as the last of its attempts has it: `each~2` after `each`. */
function lastAttempt(inner: InnerRun, scope: string): string {
  let last = scope;
  for (let attempt = 2; Object.hasOwn(inner.turns, `${scope}~${attempt}`); attempt += 1) last = `${scope}~${attempt}`;
  return last;
}

export interface ShownTurn extends Turns {
  /** The turn that is looked at. */
  turn: number;
  /** Its scope: that of the steps in it. */
  scope: string;
}

/** The turns of a container that stands in `scope`; of these the one chosen, else the first that failed once all is over, else the newest. */
export function turnsIn(run: RunState, scope: string, container: string): ShownTurn | undefined {
  const { inner } = run;
  if (inner === undefined) return undefined;
  const own = lastAttempt(inner, joinScope(scope, container));
  const turns = Object.hasOwn(inner.turns, own) ? inner.turns[own] : undefined;
  if (turns === undefined) return undefined;
  const chosen = run.shown !== undefined && Object.hasOwn(run.shown, container) ? run.shown[container] : undefined;
  const usual = run.phase === 'ended' ? turns.failed[0] : undefined;
  const turn = (chosen !== undefined && turns.seen.includes(chosen) ? chosen : usual) ?? turns.seen.at(-1) ?? 0;
  return { ...turns, turn, scope: `${own}/${turn}` };
}

/** The scope in which a step is looked at: the turns that are shown of the containers around it. Undefined: none has begun. */
function scopeOf(flow: FlowDocument, run: RunState, id: string, depth = 0): string | undefined {
  const parent = nodeOf(flow, id)?.parent;
  if (parent === undefined || depth > 20) return '';
  const outer = scopeOf(flow, run, parent, depth + 1);
  return outer === undefined ? undefined : turnsIn(run, outer, parent)?.scope;
}

/** What the last run says of a step: inside a container, of the turn that is shown. */
export function stepOf({ flow, run }: Pick<EditorState, 'flow' | 'run'>, id: string): StepState | undefined {
  const scope = scopeOf(flow, run, id);
  if (scope === undefined) return undefined;
  const steps = scope === '' ? run.steps : run.inner?.steps[scope];
  return steps !== undefined && Object.hasOwn(steps, id) ? steps[id] : undefined;
}

/** Looks at another turn of a container. */
export function showTurn(store: EditorStore, container: string, turn: number): void {
  const { run } = store.getState();
  store.setState({ run: { ...run, shown: { ...run.shown, [container]: turn } } });
}

/** The turns of a container on the canvas. The same object as long as nothing of it changes is not promised: compare its parts. */
export function turnsOf({ flow, run }: Pick<EditorState, 'flow' | 'run'>, container: string): ShownTurn | undefined {
  const scope = scopeOf(flow, run, container);
  return scope === undefined ? undefined : turnsIn(run, scope, container);
}
