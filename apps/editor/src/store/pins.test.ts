import { expect, test } from 'vitest';
import { commands } from './commands.ts';
import { mayPin, pinnablePorts, setPinValue, togglePin } from './pin-commands.ts';
import { applyPins, isPinChange, pinChange, pinOf } from './pins.ts';
import { applyRunEvents, idleRun } from './run-state.ts';
import { loopFlow, testStore } from './testing.ts';

const ran = (node: string, outputs: Record<string, string>) =>
  applyRunEvents(idleRun, [{ type: 'step-end', node, scope: '', status: 'succeeded', atMs: 0, durationMs: 1, outputs }]);

test('what a step gave is pinned and unpinned; each is a step of undo, and the document stays as it is', () => {
  const store = testStore();
  const { flow } = store.getState();
  expect(togglePin(store, 'reply')).toBe('nothing');
  store.setState({ run: ran('reply', { text: 'Hello', error: 'x' }) });
  expect(togglePin(store, 'reply')).toBe('pinned');
  expect(pinOf(store.getState(), 'reply')?.outputs).toEqual({ text: 'Hello' });
  expect(store.getState().undoStack.at(-1)?.name.key).toBe('reuse:commands.pin');
  commands.rename(store, 'reply', 'New name');
  expect(togglePin(store, 'reply')).toBe('unpinned');
  store.undo();
  expect(pinOf(store.getState(), 'reply')?.outputs).toEqual({ text: 'Hello' });
  store.undo();
  store.undo();
  expect(store.getState().pins).toEqual({});
  expect(store.getState().flow).toEqual(flow);
  store.redo();
  expect(pinOf(store.getState(), 'reply')?.outputs).toEqual({ text: 'Hello' });
});

test('typing a pinned value is one step of undo; without any value there is no pin', () => {
  let now = 0;
  const store = testStore(undefined, { now: () => now });
  setPinValue(store, 'reply', 'text', 'a');
  now = 100;
  setPinValue(store, 'reply', 'text', 'ab');
  setPinValue(store, 'reply', 'text', 'ab');
  expect(store.getState().undoStack).toHaveLength(1);
  expect(pinOf(store.getState(), 'reply')).toEqual({ outputs: { text: 'ab' }, at: 100 });
  store.seal();
  setPinValue(store, 'reply', 'text', undefined);
  expect(store.getState().pins).toEqual({});
  store.undo();
  expect(pinOf(store.getState(), 'reply')?.outputs).toEqual({ text: 'ab' });
});

test('the ends of a flow cannot be pinned; a container has its results, not what is for its inside', () => {
  const store = testStore(loopFlow());
  expect(['rows', 'each', 'nope'].map((node) => mayPin(store, node))).toEqual([false, true, false]);
  expect(pinnablePorts(store, 'each').map(({ id }) => id)).toEqual(['results']);
  expect(togglePin(store, 'rows')).toBe('nothing');
});

test('changes of pins are told from those of the document, and leave what they do not name', () => {
  const pin = { outputs: { text: 'x' }, at: 1 };
  const change = pinChange('a', undefined, pin);
  expect([isPinChange(change), isPinChange({ key: 'node:a' })]).toEqual([true, false]);
  const pins = { b: pin };
  expect(applyPins(pins, [{ key: 'node:a', after: 1 }], 'after')).toBe(pins);
  expect(applyPins(pins, [change], 'after')).toEqual({ a: pin, b: pin });
  expect(applyPins({ a: pin, b: pin }, [change], 'before')).toEqual(pins);
});

test('a value that was known stands in the order of the run with its origin; a run that waits says for what', () => {
  const origin = { kind: 'pin', at: 5 } as const;
  const wait = { id: 'w', node: 'reply', scope: '', kind: 'person', until: null } as const;
  const run = applyRunEvents(idleRun, [
    { type: 'run-start', run: 'r', at: 0 },
    { type: 'step-end', node: 'draft', scope: '', status: 'succeeded', atMs: 3, durationMs: 0, recalled: true, origin, outputs: {} },
    { type: 'run-wait', waits: [wait] },
  ]);
  expect(run.steps['draft']).toMatchObject({ origin, startedAtMs: 3 });
  expect(run.waits).toEqual([wait]);
  const answered = applyRunEvents(run, [{ type: 'step-end', node: 'reply', scope: '', status: 'succeeded', atMs: 4, durationMs: 1 }]);
  expect(answered.waits).toEqual([]);
});
