import type { Failure, RunEvent } from '@patchbay/node-kit';
import type { EditorStore, RunState, StepState } from './types.ts';

/** A failure with the sentence the server made for the reader. */
export type ToldFailure = Failure & { message?: string; fix?: string };
/** A run's event as the editor receives it. */
export type ToldEvent = RunEvent & { error?: ToldFailure };

export const idleRun: RunState = { phase: 'idle', steps: {}, outputs: {} };

/** The run's state after some events. Steps and outputs that no event names stay the same objects. */
export function applyRunEvents(run: RunState, events: readonly RunEvent[]): RunState {
  const next: RunState = { ...run, steps: { ...run.steps }, outputs: { ...run.outputs } };
  const fresh = new Set<string>();
  /** Chunks change a step many times a frame: it is copied once per batch. */
  const step = (node: string): StepState => {
    const old = Object.hasOwn(next.steps, node) ? next.steps[node] : undefined;
    if (old !== undefined && fresh.has(node)) return old;
    fresh.add(node);
    const copy: StepState = old === undefined ? { status: 'queued', text: {} } : { ...old, text: { ...old.text } };
    next.steps[node] = copy;
    return copy;
  };
  for (const event of events) applyEvent(next, event, step);
  return next;
}

function applyEvent(run: RunState, event: RunEvent, step: (node: string) => StepState): void {
  switch (event.type) {
    case 'run-start':
      Object.assign(run, { phase: 'running', id: event.run, startedAt: event.at });
      return;
    case 'step-start':
      Object.assign(step(event.node), { status: 'running', startedAtMs: event.atMs, text: {} });
      return;
    case 'step-chunk': {
      const state = step(event.node);
      state.status = 'streaming';
      state.text[event.port] = (Object.hasOwn(state.text, event.port) ? state.text[event.port] : '') + event.text;
      return;
    }
    case 'step-retry': {
      const state = step(event.node);
      state.status = 'running';
      state.retry = { attempt: event.attempt, delayMs: event.delayMs };
      return;
    }
    case 'step-end': {
      const { type: _type, node, scope: _scope, atMs: _atMs, ...rest } = event;
      const state = step(node);
      delete state.retry;
      Object.assign(state, rest);
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
    case 'run-end': {
      const { type: _type, ...result } = event;
      run.phase = 'ended';
      run.result = result;
      for (const [node, state] of Object.entries(run.steps)) {
        if (['queued', 'running', 'streaming'].includes(state.status)) step(node).status = 'cancelled';
      }
      return;
    }
  }
}

/** What a run panel holds while events arrive: they reach the store once per animation frame. */
export interface RunSink {
  push(event: RunEvent): void;
  /** The run could not start, or its stream broke. */
  fail(sentence: string): void;
}

/** Clears the last run from the canvas, marks every step as queued and takes the events of a new one. */
export function startRun(store: EditorStore): RunSink {
  const { flow } = store.getState();
  const queued: StepState = { status: 'queued', text: {} };
  const steps = Object.entries(flow.nodes)
    .filter(([, node]) => store.catalogue.get(node.type)?.role !== 'annotation')
    .map(([id]) => [id, queued]);
  let mine: RunState = { phase: 'running', startedAt: Date.now(), steps: Object.fromEntries(steps), outputs: {} };
  store.setState({ run: mine });
  let waiting: RunEvent[] = [];
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
