import { expect, test } from 'vitest';
import { estimateDraft } from '../flows/estimate-draft.ts';
import { publishFlow } from '../flows/publish-flow.ts';
import { readVersion } from '../flows/read-version.ts';
import { preparePublishedRun } from '../runs/prepare-run.ts';
import { readRun } from '../runs/read-run.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import { readPins, removePin, setPin } from './pins.ts';
import { asks, bench, flowText, input, line, loop, output, says } from './testing.ts';

const hi = { inputs: { text: 'hi' } };
const pin = (outputs: object) => ({ outputs });

test('one step alone takes the values of the newest test run, and says where they come from and how old they are', async () => {
  const { ctx, run, asked, last } = await bench(line());
  expect((await run(hi)).outputs).toEqual({ reply: 'again first hi' });
  const first = last();
  expect(asked()).toEqual(['first hi', 'again first hi']);
  const result = await run({ only: ['second'] });
  expect(asked()).toEqual([]);
  // What comes after it is known from then.
  expect(result.outputs).toEqual({ reply: 'again first hi' });
  expect(result.reused?.map(({ node }) => node)).toEqual(['first', 'ask', 'again']);
  const [reused] = result.reused ?? [];
  expect(reused).toMatchObject({ scope: '', origin: { kind: 'run', run: first } });
  expect(reused?.ageMs).toBeGreaterThanOrEqual(0);
  const detail = await readRun({ ctx, input: { id: last() } });
  expect(detail.run.reused?.map(({ node, origin }) => [node, origin])).toEqual(result.reused?.map(({ node, origin }) => [node, origin]));
  expect(detail.steps.find(({ node }) => node === 'ask')).toMatchObject({
    recalled: true,
    origin: { run: first },
    outputs: { text: 'first hi' },
  });
  expect(detail.steps.find(({ node }) => node === 'second')).not.toHaveProperty('recalled');
  // A value that is reused twice is as old as it is.
  await run({ only: ['again'] });
  expect(asked()).toEqual(['again first hi']);
  expect((await readRun({ ctx, input: { id: last() } })).run.reused?.find(({ node }) => node === 'ask')?.origin.run).toBe(first);
});

test('from a step on: what comes before it is reused, it and what follows is done anew', async () => {
  const { run, asked, save } = await bench(line());
  await run(hi);
  asked();
  await save(line('changed {{text}}'));
  const result = await run({ ...hi, from: 'second' });
  expect(result.outputs).toEqual({ reply: 'changed first hi' });
  expect(asked()).toEqual(['changed first hi']);
  expect(result.reused?.map(({ node }) => node)).toEqual(['first', 'ask']);
  // Where nothing is known it is simply done.
  expect((await run({ ...hi, from: 'second', reuse: null })).reused).toBeUndefined();
  expect(asked()).toEqual(['first hi', 'changed first hi']);
});

test('a pinned step is never executed in a test run; what is pinned for one run stands in its place', async () => {
  const { ctx, id, run, asked, last } = await bench(line());
  await setPin({ ctx, input: { id, node: 'ask', body: pin({ text: 'pinned' }) } });
  const result = await run(hi);
  expect(result.outputs).toEqual({ reply: 'again pinned' });
  expect(asked()).toEqual(['again pinned']);
  expect(result.reused).toMatchObject([{ node: 'ask', origin: { kind: 'pin' } }]);
  expect((await run({ ...hi, pins: { again: { text: 'mine' } } })).outputs).toEqual({ reply: 'mine' });
  expect(asked()).toEqual(['first hi']);
  expect((await run({ ...hi, pins: {} })).outputs).toEqual({ reply: 'again first hi' });
  asked();
  const part = await run({ ...hi, from: 'second' });
  expect(part.reused?.map(({ node, origin }) => [node, origin.kind])).toEqual([
    ['first', 'run'],
    ['ask', 'pin'],
  ]);
  expect(asked()).toEqual(['again pinned']);
  expect((await readRun({ ctx, input: { id: last() } })).steps.find(({ node }) => node === 'ask')).toMatchObject({
    outputs: { text: 'pinned' },
    origin: { kind: 'pin' },
  });
  await removePin({ ctx, input: { id, node: 'ask' } });
  await removePin({ ctx, input: { id, node: 'ask' } });
  expect(await readPins({ ctx, input: { id } })).toEqual({ pins: [] });
});

test('a published version knows no pins', async () => {
  const { ctx, id, asked } = await bench(line());
  await setPin({ ctx, input: { id, node: 'ask', body: pin({ text: 'pinned' }) } });
  await publishFlow({ ctx, input: { id, slug: 'parts' } });
  expect(JSON.stringify(await readVersion({ ctx, input: { id, version: '1' } }))).not.toContain('pinned');
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'parts', body: hi } });
  expect((await runToEnd(ctx, prepared)).outputs).toEqual({ reply: 'again first hi' });
  expect(asked()).toEqual(['first hi', 'again first hi']);
  for (const key of ['only', 'from', 'pins', 'reuse']) {
    await expect(preparePublishedRun({ ctx, input: { slug: 'parts', body: { ...hi, [key]: 'ask' } } })).rejects.toMatchObject({
      reason: 'strange_key',
    });
  }
});

test('what does not fit a pin is said with its place', async () => {
  const { ctx, id, run } = await bench(line());
  const set = (node: string, outputs: unknown) => setPin({ ctx, input: { id, node, body: { outputs } } });
  const refused = (place: string, message: RegExp) => ({
    reason: 'body_invalid',
    errors: [{ pointer: place, message: expect.stringMatching(message) }],
  });
  await expect(set('none', { text: 'x' })).rejects.toMatchObject({ code: 'not_found', reason: 'no_step' });
  await expect(set('in', { text: 'x' })).rejects.toMatchObject(refused('/outputs', /end of the flow/));
  await expect(set('ask', {})).rejects.toMatchObject(refused('/outputs', /at least one/));
  await expect(set('ask', 'x')).rejects.toMatchObject(refused('/outputs', /object/));
  await expect(set('ask', { other: 'x' })).rejects.toMatchObject(refused('/outputs/other', /no output “other”/));
  await expect(set('ask', { text: 7 })).rejects.toMatchObject(refused('/outputs/text', /must be: text/i));
  await expect(run({ ...hi, pins: { ask: { text: [] }, gone: { a: 1 } } })).rejects.toMatchObject({
    errors: [{ pointer: '/pins/ask/text' }, { pointer: '/pins/gone' }],
  });
  await expect(run({ ...hi, pins: [] })).rejects.toMatchObject(refused('/pins', /object/));
});

test('steps that cannot run alone, and values that are not there, are named', async () => {
  const { ctx, id, run, asked } = await bench(line());
  const refused = (pointer: string, message: RegExp) => ({ errors: [{ pointer, message: expect.stringMatching(message) }] });
  await expect(run({ ...hi, only: ['again'] })).rejects.toMatchObject(refused('/only/0', /needs a value from “.+”, and none is known/));
  await expect(run({ ...hi, only: ['nope'] })).rejects.toMatchObject(refused('/only/0', /no step “nope”/));
  await expect(run({ ...hi, only: ['first', 'out'] })).rejects.toMatchObject(refused('/only/1', /end of the flow/));
  await expect(run({ ...hi, only: 'first' })).rejects.toMatchObject(refused('/only', /list/));
  await expect(run({ ...hi, from: 7 })).rejects.toMatchObject(refused('/from', /no step “7”/));
  await expect(run({ ...hi, only: ['first'], from: 'first' })).rejects.toMatchObject(refused('/from', /either/));
  await expect(run({ ...hi, reuse: 'run_x' })).rejects.toMatchObject(refused('/reuse', /“only” or “from”/));
  await expect(run({ ...hi, from: 'first', reuse: 'run_x' })).rejects.toMatchObject(refused('/reuse', /no such run/));
  await setPin({ ctx, input: { id, node: 'ask', body: pin({ text: 'x' }) } });
  await expect(run({ ...hi, only: ['ask'] })).rejects.toMatchObject(refused('/only/0', /pinned/));
  expect((await run({ ...hi, only: ['second'] })).empty).toBe(true);
  expect(asked()).toEqual([]);
});

test('a run that failed lends what it had; the failure itself is no value', async () => {
  const { run, asked, provider } = await bench(line());
  provider.script({ text: 'fine' }, { fault: { kind: 'status', status: 401 } });
  expect((await run(hi)).status).toBe('failed');
  asked();
  const result = await run({ from: 'again' });
  expect(result).toMatchObject({ status: 'succeeded', outputs: { reply: 'again fine' } });
  expect(asked()).toEqual(['again fine']);
});

test('in a loop: from an inner step on, each turn reuses what comes before it', async () => {
  const { run, asked, save, ctx, last } = await bench(loop());
  await run({ inputs: { rows: ['a', 'b', 'c'] } });
  expect(asked().sort()).toEqual(['all <each a>\n<each b>\n<each c>', 'each a', 'each b', 'each c']);
  await save(loop('each {{item}}', 'sum {{list}}'));
  const result = await run({ from: 'tail' });
  expect(asked()).toEqual(['sum <each a>\n<each b>\n<each c>']);
  expect(result.reused?.map(({ scope, node }) => `${scope}:${node}`).sort()).toEqual(
    ['loop/0', 'loop/1', 'loop/2'].flatMap((scope) => [`${scope}:ask`, `${scope}:row`]).sort(),
  );
  // One inner step alone: the loop runs through with everything else known.
  const one = await run({ only: ['ask'] });
  expect(asked().sort()).toEqual(['each a', 'each b', 'each c']);
  expect(one.outputs).toEqual({ reply: 'sum <each a>\n<each b>\n<each c>' });
  // After the loop: it is reused whole, and its turns are still to be seen.
  await run({ from: 'sum' });
  expect(asked()).toEqual(['sum <each a>\n<each b>\n<each c>']);
  const detail = await readRun({ ctx, input: { id: last() } });
  expect(
    detail.steps
      .filter(({ node }) => node === 'ask')
      .map(({ scope }) => scope)
      .sort(),
  ).toEqual(['loop/0', 'loop/1', 'loop/2']);
  expect(detail.run.reused?.map(({ node }) => node)).toEqual(['loop']);
  // The loop itself, anew with all that stands in it.
  await run({ from: 'loop' });
  expect(asked()).toHaveLength(4);
});

test('a pin inside a loop answers in every turn; a pinned loop does not turn', async () => {
  const { ctx, id, run, asked } = await bench(loop());
  const rows = { inputs: { rows: ['a', 'b'] } };
  await setPin({ ctx, input: { id, node: 'ask', body: pin({ text: 'p' }) } });
  expect((await run(rows)).outputs).toEqual({ reply: 'all <p>\n<p>' });
  expect(asked()).toEqual(['all <p>\n<p>']);
  await setPin({ ctx, input: { id, node: 'loop', body: pin({ results: ['x'] }) } });
  await expect(setPin({ ctx, input: { id, node: 'loop', body: pin({ item: 'x' }) } })).rejects.toMatchObject({
    errors: [{ pointer: '/outputs/item' }],
  });
  expect((await run(rows)).outputs).toEqual({ reply: 'all x' });
  expect(asked()).toEqual(['all x']);
});

test('a step of another flow with the same id is not taken for one of this', async () => {
  const inner = flowText({ in: input, ask: asks, out: output }, ['in.text > ask.prompt', 'ask.text > out.reply']);
  const call = { type: 'sub_flow', config: { flow: 'inner', inputs: [{ id: 'text' }], outputs: [{ id: 'reply' }] } };
  const outer = flowText({ in: input, ask: says('to {{text}}'), call, out: output }, [
    'in.text > ask.text',
    'ask.text > call.text',
    'call.reply > out.reply',
  ]);
  const { ctx, id, publish, run, asked } = await bench(outer);
  await publish(inner, 'inner');
  await setPin({ ctx, input: { id, node: 'ask', body: pin({ text: 'pinned' }) } });
  expect((await run(hi)).outputs).toEqual({ reply: 'pinned' });
  expect(asked()).toEqual(['pinned']);
  await run({ from: 'call' });
  expect(asked()).toEqual(['pinned']);
});

test('values of a flow that hides personal data are not reused; pins are', async () => {
  const masked = flowText({ in: input, hide: { type: 'mask' }, ask: asks, last: says('<{{text}}>'), out: output }, [
    'in.text > hide.text',
    'hide.text > ask.prompt',
    'ask.text > last.text',
    'last.text > out.reply',
  ]);
  const { ctx, id, run, asked, last } = await bench(masked);
  const mail = { inputs: { text: 'to zoe@example.com' } };
  await run(mail);
  const first = last();
  asked();
  await expect(run({ ...mail, only: ['last'] })).rejects.toMatchObject({
    errors: [{ pointer: '/only/0', message: expect.stringContaining('hide personal data') }],
  });
  await expect(run({ ...mail, from: 'last', reuse: first })).rejects.toMatchObject({ errors: [{ pointer: '/reuse' }] });
  expect((await run({ ...mail, from: 'last' })).reused).toBeUndefined();
  expect(asked()).toHaveLength(1);
  await setPin({ ctx, input: { id, node: 'ask', body: pin({ text: 'x' }) } });
  expect((await run({ ...mail, only: ['last'] })).outputs).toEqual({ reply: '<x>' });
  expect(asked()).toEqual([]);
});

test('an estimate knows that a pinned step asks nobody', async () => {
  const { ctx, id } = await bench(line());
  const calls = async () => (await estimateDraft({ ctx, input: { id, body: {} } })).calls.most;
  expect(await calls()).toBe(2);
  await setPin({ ctx, input: { id, node: 'ask', body: pin({ text: 'pinned' }) } });
  expect(await calls()).toBe(1);
  await setPin({ ctx, input: { id, node: 'again', body: pin({ text: 'pinned' }) } });
  expect(await calls()).toBe(0);
});
