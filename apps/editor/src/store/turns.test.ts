import type { RunEvent } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { applyRunEvents, idleRun } from './run-state.ts';
import { loopFlow, testStore } from './testing.ts';
import { noInner, showTurn, splitScope, stepOf, turnsIn, turnsOf, withStep } from './turns.ts';
import type { RunState } from './types.ts';

const start = (node: string, scope: string): RunEvent => ({ type: 'step-start', node, scope, atMs: 1 });
const end = (node: string, scope: string, status: 'succeeded' | 'failed' = 'succeeded'): RunEvent => ({
  type: 'step-end',
  node,
  scope,
  status,
  atMs: 2,
  durationMs: 1,
  outputs: { data: scope },
});
const over: RunEvent = {
  type: 'run-end',
  status: 'succeeded',
  outputs: {},
  usage: { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false },
  simulated: false,
  durationMs: 3,
};
const at = (run: RunState) => ({ flow: loopFlow(), run });

test('a scope is its container and the turn; a nested container has the scope of the turn around it', () => {
  expect(splitScope('each/3')).toEqual({ container: 'each', turn: 3 });
  expect(splitScope('outer/2/each/0')).toEqual({ container: 'outer/2/each', turn: 0 });
  expect(splitScope('each~2/14')).toEqual({ container: 'each~2', turn: 14 });
  // Without a turn, and of a step whose name ends in a number.
  expect(splitScope('agent')).toEqual({ container: 'agent', turn: 0 });
  expect(splitScope('sub_flow_2')).toEqual({ container: 'sub_flow_2', turn: 0 });
});

test('steps of a scope that names no turn are found as its only turn', () => {
  const inner = withStep(noInner, 'agent', 'model', { status: 'succeeded', text: {} });
  expect(turnsIn({ phase: 'ended', steps: {}, outputs: {}, inner }, '', 'agent')).toMatchObject({ seen: [0], scope: 'agent/0' });
  expect(inner.steps['agent/0']).toHaveProperty('model');
});

test('steps inside show the newest turn while the run goes on', () => {
  const run = applyRunEvents(idleRun, [start('each', ''), start('name', 'each/0'), end('name', 'each/0'), start('name', 'each/1')]);
  expect(turnsOf(at(run), 'each')).toMatchObject({ seen: [0, 1], failed: [], turn: 1, scope: 'each/1' });
  expect(stepOf(at(run), 'name')?.status).toBe('running');
  expect(stepOf(at(run), 'each')?.status).toBe('running');
  expect(stepOf(at(idleRun), 'name')).toBeUndefined();
});

test('when all is over the first turn that failed is shown, unless a person looks at another', () => {
  const run = applyRunEvents(idleRun, [end('name', 'each/2'), end('name', 'each/1', 'failed'), end('name', 'each/0'), over]);
  expect(turnsOf(at(run), 'each')).toMatchObject({ seen: [0, 1, 2], failed: [1], turn: 1 });
  const store = testStore(loopFlow());
  store.setState({ run });
  showTurn(store, 'each', 2);
  expect(stepOf(store.getState(), 'name')?.outputs).toEqual({ data: 'each/2' });
  store.dispose();
});

test('what had not ended with the run is cancelled, inside as well', () => {
  const run = applyRunEvents(idleRun, [start('each', ''), start('name', 'each/0'), over]);
  expect(run.steps['each']?.status).toBe('cancelled');
  expect(run.inner?.steps['each/0']?.['name']?.status).toBe('cancelled');
});

test('a container that was tried again shows its last attempt', () => {
  const state = { status: 'succeeded' as const, text: {} };
  const inner = withStep(withStep(noInner, 'each/0', 'name', state), 'each~2/4', 'name', state);
  expect(turnsIn({ ...idleRun, inner }, '', 'each')).toMatchObject({ scope: 'each~2/4', seen: [4] });
});

test('chunks of one turn go to that turn alone, and untouched turns stay the same objects', () => {
  const first = applyRunEvents(idleRun, [end('name', 'each/0'), start('name', 'each/1')]);
  const next = applyRunEvents(first, [{ type: 'step-chunk', node: 'name', scope: 'each/1', port: 'text', text: 'Hi' }]);
  expect(next.inner?.steps['each/1']?.['name']).toMatchObject({ status: 'streaming', text: { text: 'Hi' } });
  expect(next.inner?.steps['each/0']).toBe(first.inner?.steps['each/0']);
  expect(next.inner?.turns).toBe(first.inner?.turns);
});
