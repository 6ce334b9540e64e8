import type { Failure, RunEvent } from '@patchbay/node-kit';
import type { WaitResource } from '@patchbay/services/resources';
import { noInner, withStep } from './turns.ts';
import type { EditorStore, RunState, StepState } from './types.ts';

/** A failure with the sentence the server made for the reader. */
export type ToldFailure = Failure & { message?: string; fix?: string };
/** What a run says, or that it waits. */
export type HeardEvent = RunEvent | { type: 'run-wait'; waits: WaitResource[] };
/** A run's event as the editor receives it. */
export type ToldEvent = HeardEvent & { error?: ToldFailure };

export const idleRun: RunState = { phase: 'idle', steps: {}, outputs: {} };

/** The run's state after some events. Steps and outputs that no event names stay the same objects. */
export function applyRunEvents(run: RunState, events: readonly HeardEvent[]): RunState {
  const next: RunState = { ...run, steps: { ...run.steps }, outputs: { ...run.outputs } };
  const fresh = new Map<string, { scope: string; node: string; state: StepState }>();
  /** Chunks change a step many times a frame: it is copied once per batch. */
  const step = (node: string, scope: string): StepState => {
    const key = `${scope} ${node}`;
    const ready = fresh.get(key);
    if (ready !== undefined) return ready.state;
    const steps = scope === '' ? next.steps : run.inner?.steps[scope];
    const old = steps !== undefined && Object.hasOwn(steps, node) ? steps[node] : undefined;
    const state: StepState = old === undefined ? { status: 'queued', text: {} } : { ...old, text: { ...old.text } };
    fresh.set(key, { scope, node, state });
    if (scope === '') next.steps[node] = state;
    return state;
  };
  for (const event of events) applyEvent(next, event, step);
  for (const { scope, node, state } of fresh.values()) {
    if (scope !== '') next.inner = withStep(next.inner ?? noInner, scope, node, state);
  }
  return next.phase === 'ended' ? withoutOpen(next) : next;
}

function applyEvent(run: RunState, event: HeardEvent, step: (node: string, scope: string) => StepState): void {
  switch (event.type) {
    case 'run-start':
      Object.assign(run, { phase: 'running', id: event.run, startedAt: event.at });
      return;
    case 'step-start':
      Object.assign(step(event.node, event.scope), { status: 'running', startedAtMs: event.atMs, text: {} });
      return;
    case 'step-chunk': {
      const state = step(event.node, event.scope);
      state.status = 'streaming';
      state.text[event.port] = (Object.hasOwn(state.text, event.port) ? state.text[event.port] : '') + event.text;
      return;
    }
    case 'step-retry': {
      const state = step(event.node, event.scope);
      state.status = 'running';
      state.retry = { attempt: event.attempt, delayMs: event.delayMs };
      return;
    }
    case 'step-end': {
      const { type: _type, node, scope, atMs, recalled, ...rest } = event;
      const state = step(node, scope);
      delete state.retry;
      // A step that is known has no start of its own.
      if (recalled === true) state.startedAtMs ??= atMs;
      Object.assign(state, rest);
      if (run.waits !== undefined) run.waits = run.waits.filter((wait) => wait.node !== node || wait.scope !== scope);
      return;
    }
    case 'output-chunk': {
      const old = Object.hasOwn(run.outputs, event.output) ? run.outputs[event.output] : undefined;
      run.outputs[event.output] = { ...old, text: (old?.text ?? '') + event.text };
      return;
    }
    case 'output-end': {
      const old = Object.hasOwn(run.outputs, event.output) ? run.outputs[event.output] : undefined;
      run.outputs[event.output] = { text: old?.text ?? '', value: event.value, complete: event.complete };
      return;
    }
    case 'run-wait': {
      run.waits = event.waits;
      return;
    }
    case 'run-end': {
      delete run.waits;
      const { type: _type, ...result } = event;
      run.phase = 'ended';
      run.result = result;
      return;
    }
  }
}

/** When a run has ended, what had not is cancelled. */
function withoutOpen(run: RunState): RunState {
  const close = (steps: Readonly<Record<string, StepState>>): Record<string, StepState> =>
    Object.fromEntries(Object.entries(steps).map(([node, state]) => [node, isOpen(state) ? { ...state, status: 'cancelled' } : state]));
  const { inner } = run;
  const closed = inner && {
    ...inner,
    steps: Object.fromEntries(Object.entries(inner.steps).map(([scope, steps]) => [scope, close(steps)])),
  };
  return { ...run, steps: close(run.steps), ...(closed && { inner: closed }) };
}

const isOpen = (state: StepState): boolean => ['queued', 'running', 'streaming'].includes(state.status);

/** What a run panel holds while events arrive: they reach the store once per animation frame. */
export interface RunSink {
  push(event: HeardEvent): void;
  /** The run could not start, or its stream broke. */
  fail(sentence: string): void;
}

/** Clears the last run from the canvas, marks every step as queued and takes the events of a new one. */
export function startRun(store: EditorStore): RunSink {
  const { flow } = store.getState();
  const queued: StepState = { status: 'queued', text: {} };
  const steps = Object.entries(flow.nodes)
    .filter(([, node]) => node.parent === undefined && store.catalogue.get(node.type)?.role !== 'annotation')
    .map(([id]) => [id, queued]);
  let mine: RunState = { phase: 'running', startedAt: Date.now(), steps: Object.fromEntries(steps), outputs: {} };
  store.setState({ run: mine });
  let waiting: HeardEvent[] = [];
  let frame = false;
  const flush = () => {
    frame = false;
    const events = waiting;
    waiting = [];
    // Another run took the canvas meanwhile.
    if (store.getState().run !== mine || events.length === 0) return;
    mine = applyRunEvents(mine, events);
    store.setState({ run: mine });
  };
  return {
    push: (event) => {
      waiting.push(event);
      if (frame) return;
      frame = true;
      nextFrame(flush);
    },
    fail: (sentence) => {
      flush();
      if (store.getState().run !== mine) return;
      // A run that never began leaves no step waiting.
      const begun = Object.entries(mine.steps).filter(([, step]) => step.status !== 'queued');
      mine = { ...mine, phase: 'ended', failure: sentence, steps: Object.fromEntries(begun) };
      store.setState({ run: mine });
    },
  };
}

/** Hidden tabs get no animation frames; a timer goes along so that a run in the background ends too. */
function nextFrame(run: () => void): void {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    run();
  };
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(once);
  setTimeout(once, 50);
}
