import type { RunEvent } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { eventBuffer, runFlow } from './run-flow.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { flowOf, nodeType, planOf, settle } from './testing/flow-of.ts';

const options = () => ({ world: createFakeWorld(), runId: 'test' });
const plan = (run: Parameters<typeof nodeType>[2]) =>
  planOf(flowOf({ talk: 'talk', out: 'end' }, ['talk.text > out.result']), nodeType('talk', { out: ['text~'] }, run));

test('the events of a run, from its start to its end', async () => {
  const events: RunEvent[] = [];
  for await (const event of runFlow(
    plan(() => ({ text: 'hi' })),
    {},
    options(),
  ))
    events.push(event);
  expect(events[0]).toEqual({ type: 'run-start', run: 'test', at: expect.any(Number) });
  expect(events.at(-1)).toMatchObject({ type: 'run-end', status: 'succeeded', outputs: { result: 'hi' } });
  expect(events.filter((event) => event.type === 'run-end')).toHaveLength(1);
});

test('a reader that does not read slows the source down, and loses nothing when it does', async () => {
  const total = eventBuffer * 4;
  let made = 0;
  const flow = runFlow(
    plan(async function* () {
      for (; made < total; made += 1) yield { port: 'text', text: '.' };
      return undefined;
    }),
    {},
    options(),
  );
  expect((await flow.next()).value).toMatchObject({ type: 'run-start' });
  for (let turn = 0; turn < 50; turn += 1) await settle();
  expect(made).toBeLessThan(eventBuffer * 2);
  let text = '';
  for await (const event of flow) if (event.type === 'output-chunk') text += event.text;
  expect(text).toBe('.'.repeat(total));
});

test('leaving early cancels the run', async () => {
  let aborted = false;
  const flow = runFlow(
    plan(async function* (_, ctx) {
      ctx.signal.addEventListener('abort', () => {
        aborted = true;
      });
      yield { port: 'text', text: 'a' };
      await new Promise(() => {});
      return undefined;
    }),
    {},
    options(),
  );
  for await (const event of flow) if (event.type === 'output-chunk') break;
  expect(aborted).toBe(true);
  expect(await flow.next()).toEqual({ done: true, value: undefined });
});

test('a cancelled run still ends its events with run-end', async () => {
  const controller = new AbortController();
  const events: RunEvent[] = [];
  for await (const event of runFlow(
    plan(() => new Promise(() => {})),
    {},
    { ...options(), signal: controller.signal },
  )) {
    events.push(event);
    if (event.type === 'step-start') controller.abort('time_limit');
  }
  expect(events.at(-1)).toMatchObject({ type: 'run-end', status: 'cancelled', error: { reason: 'time_limit' } });
});
