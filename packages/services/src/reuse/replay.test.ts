import { expect, test } from 'vitest';
import { deleteFlow } from '../flows/delete-flow.ts';
import { publishFlow } from '../flows/publish-flow.ts';
import { readFlow } from '../flows/read-flow.ts';
import { saveDraft } from '../flows/save-draft.ts';
import { preparePublishedRun } from '../runs/prepare-run.ts';
import { readRun } from '../runs/read-run.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import { prepareReplay } from './prepare-replay.ts';
import { asks, bench, flowText, input, line, loop, output, says } from './testing.ts';

const hi = { inputs: { text: 'hi' } };
const rows = { inputs: { rows: ['a', 'b', 'c'] } };
const draft = { version: 'draft' };

test('a stored run is replayed without a call: every step answers from its record', async () => {
  const { ctx, run, asked, last, replay, save } = await bench(line());
  const first = await run(hi);
  const id = last();
  await save(line('something else {{text}}'));
  asked();
  const again = await replay(id);
  expect(asked()).toEqual([]);
  expect(again).toMatchObject({ status: 'succeeded', outputs: first.outputs, usage: { calls: 0 } });
  expect(again.reused?.map(({ node }) => node)).toEqual(['in', 'first', 'ask', 'second', 'again']);
  const detail = await readRun({ ctx, input: { id: last() } });
  expect(detail).toMatchObject({ source: 'replay', replay: { run: id, version: 'recorded' }, inputs: { text: 'hi' }, version: null });
  expect(detail.steps.find(({ node }) => node === 'ask')).toMatchObject({
    outputs: { text: 'first hi' },
    origin: { kind: 'run', run: id },
  });
  // A replay is a run: it can be replayed, and its values are as old as they are.
  const third = await replay(last());
  expect(third.outputs).toEqual(first.outputs);
  expect(third.reused?.every(({ origin }) => origin.run === id)).toBe(true);
});

test('runs of a published version are replayed with that version', async () => {
  const { ctx, id, asked, replay, save } = await bench(loop());
  await publishFlow({ ctx, input: { id, slug: 'parts' } });
  await save(line());
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'parts', body: rows } });
  const first = await runToEnd(ctx, prepared);
  asked();
  expect((await replay(prepared.id)).outputs).toEqual(first.outputs);
  expect(asked()).toEqual([]);
});

test('a failed run fails again the same way, with the outputs it had', async () => {
  const text = flowText(
    {
      in: input,
      ask: asks,
      bad: asks,
      out: output,
      other: { type: 'output', config: { fields: [{ id: 'more', title: 'More', type: 'text' }] } },
    },
    ['in.text > ask.prompt', 'ask.text > out.reply', 'ask.text > bad.prompt', 'bad.text > other.more'],
  );
  const { run, replay, last, provider, asked } = await bench(text);
  provider.script({ text: 'fine' }, { fault: { kind: 'status', status: 401 } });
  const first = await run(hi);
  expect(first).toMatchObject({ status: 'failed', error: { class: 'auth', node: 'bad' }, outputs: { reply: 'fine' } });
  asked();
  const again = await replay(last());
  expect([again.status, again.error, again.outputs]).toEqual([first.status, first.error, first.outputs]);
  expect(asked()).toEqual([]);
});

test('with one step edited the others answer from the record; that step and what depends on it are executed', async () => {
  const { run, replay, save, last, asked } = await bench(line());
  await run(hi);
  const id = last();
  asked();
  await save(line('changed {{text}}'));
  const result = await replay(id, draft);
  expect(result.outputs).toEqual({ reply: 'changed first hi' });
  expect(asked()).toEqual(['changed first hi']);
  expect(result.reused?.map(({ node }) => node)).toEqual(['first', 'ask']);
});

test('names, places and notes do not matter; type, settings and values do', async () => {
  const { run, replay, save, last, asked } = await bench(line());
  await run(hi);
  const id = last();
  asked();
  const renamed = flowText(
    {
      out: output,
      final: { ...asks, title: 'Another name' },
      middle: says('again {{text}}'),
      start: says('first {{text}}'),
      model: asks,
      in: input,
    },
    [
      'in.text > start.text',
      'start.text > model.prompt',
      'model.text > middle.text',
      'middle.text > final.prompt',
      'final.text > out.reply',
    ],
  );
  await save(renamed);
  expect((await replay(id, draft)).outputs).toEqual({ reply: 'again first hi' });
  expect(asked()).toEqual([]);
  await save(line().replaceAll('"model":"openai"', '"model":"openai","temperature":0.5'));
  expect((await replay(id, draft)).outputs).toEqual({ reply: 'again first hi' });
  expect(asked()).toEqual(['first hi', 'again first hi']);
});

test('in a loop only the turns of the edited step call out, and what takes their results', async () => {
  const { run, replay, save, last, asked } = await bench(loop());
  await run(rows);
  const id = last();
  asked();
  expect((await replay(id, draft)).outputs).toEqual({ reply: 'all <each a>\n<each b>\n<each c>' });
  expect(asked()).toEqual([]);
  // After the loop.
  await save(loop('each {{item}}', 'sum {{list}}'));
  await replay(id, draft);
  expect(asked()).toEqual(['sum <each a>\n<each b>\n<each c>']);
  // In the loop, behind the model: its answers are still good.
  await save(loop().replace('<{{text}}>', '[{{text}}]'));
  const behind = await replay(id, draft);
  expect(asked()).toEqual(['all [each a]\n[each b]\n[each c]']);
  expect(
    behind.reused
      ?.filter(({ node }) => node === 'ask')
      .map(({ scope }) => scope)
      .sort(),
  ).toEqual(['loop/0', 'loop/1', 'loop/2']);
  // In the loop, before the model.
  await save(loop('one {{item}}'));
  await replay(id, draft);
  expect(asked().sort()).toEqual(['all <one a>\n<one b>\n<one c>', 'one a', 'one b', 'one c']);
});

test('a step of a flow that a step runs is known by what it does as well', async () => {
  const inner = (prompt: string) =>
    flowText({ in: input, ask: asks, tell: says(prompt), more: asks, out: output }, [
      'in.text > ask.prompt',
      'ask.text > tell.text',
      'tell.text > more.prompt',
      'more.text > out.reply',
    ]);
  const call = { type: 'sub_flow', config: { flow: 'inner', inputs: [{ id: 'text' }], outputs: [{ id: 'reply' }] } };
  const outer = (template: string) =>
    flowText({ in: input, call, last: says(template), out: output }, [
      'in.text > call.text',
      'call.reply > last.text',
      'last.text > out.reply',
    ]);
  const { ctx, publish, run, replay, save, last, asked } = await bench(outer('<{{text}}>'));
  const innerId = await publish(inner('tell {{text}}'), 'inner');
  await run(hi);
  const id = last();
  expect(asked()).toEqual(['hi', 'tell hi']);
  expect((await replay(id)).outputs).toEqual({ reply: '<tell hi>' });
  await save(outer('[{{text}}]'));
  expect((await replay(id, draft)).outputs).toEqual({ reply: '[tell hi]' });
  expect(asked()).toEqual([]);
  // The other flow has a new version: what changed in it is executed.
  const { etag } = await readFlow({ ctx, input: { id: innerId } });
  await saveDraft({ ctx, input: { id: innerId, ifMatch: etag, text: inner('say {{text}}') } });
  await publishFlow({ ctx, input: { id: innerId } });
  expect((await replay(id, draft)).outputs).toEqual({ reply: '[say hi]' });
  expect(asked()).toEqual(['say hi']);
});

test('a failure that had another way is an answer as long as it has it; one that ended the run is asked again', async () => {
  const guarded = (value: string, tail = '<{{text}}>') =>
    flowText({ in: input, ask: { ...asks, onError: { rule: 'fallback-value', values: { text: value } } }, tail: says(tail), out: output }, [
      'in.text > ask.prompt',
      'ask.text > tail.text',
      'tail.text > out.reply',
    ]);
  const { run, replay, save, last, asked, provider } = await bench(guarded('none'));
  provider.script({ fault: { kind: 'status', status: 401 } });
  expect((await run(hi)).outputs).toEqual({ reply: '<none>' });
  const id = last();
  asked();
  await save(guarded('none', '[{{text}}]'));
  expect((await replay(id, draft)).outputs).toEqual({ reply: '[none]' });
  expect(asked()).toEqual([]);
  await save(guarded('nothing'));
  expect((await replay(id, draft)).outputs).toEqual({ reply: '<hi>' });
  expect(asked()).toEqual(['hi']);

  await save(line());
  provider.script({ text: 'fine' }, { fault: { kind: 'status', status: 401 } });
  expect((await run(hi)).status).toBe('failed');
  asked();
  expect(await replay(last(), draft)).toMatchObject({ status: 'succeeded', outputs: { reply: 'again fine' } });
  expect(asked()).toEqual(['again fine']);
});

test('a run whose record hides personal data is replayed as it is recorded, and refused with a changed flow', async () => {
  const masked = flowText(
    { in: input, hide: { type: 'mask', config: { style: 'numbered' } }, ask: asks, show: { type: 'unmask' }, out: output },
    ['in.text > hide.text', 'hide.text > ask.prompt', 'ask.text > show.text', 'hide.secrets > show.secrets', 'show.text > out.reply'],
  );
  const { ctx, run, replay, last, asked } = await bench(masked);
  expect((await run({ inputs: { text: 'to zoe@example.com' } })).outputs).toEqual({ reply: 'to zoe@example.com' });
  const id = last();
  asked();
  const again = await replay(id);
  expect(asked()).toEqual([]);
  const stored = await readRun({ ctx, input: { id } });
  expect(again.outputs).toEqual(stored.outputs);
  expect(JSON.stringify(again)).not.toContain('zoe');
  expect(await readRun({ ctx, input: { id: last() } })).toMatchObject({ masked: true, outputs: stored.outputs });
  await expect(replay(id, draft)).rejects.toMatchObject({ code: 'conflict', reason: 'run_masked' });
});

test('what cannot be replayed says why', async () => {
  const { ctx, id, run, last, services } = await bench(line());
  await run(hi);
  const replay = (run: string, body: unknown = {}) => prepareReplay({ ctx, input: { id: run, body } });
  await expect(replay('run_none')).rejects.toMatchObject({ reason: 'no_run' });
  await expect(replay(last(), { version: 'other' })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(replay(last(), { inputs: {} })).rejects.toMatchObject({ code: 'invalid_input' });
  const row = await services.deps.database.runs.read(ctx.workspaceId, last());
  if (row === undefined) throw new Error('no row');
  const stored = (extra: object) => ({ ...row, id: `run_${Math.random().toString(36).slice(2)}`, ...extra });
  const open = stored({ status: 'running' });
  await services.deps.database.runs.record(ctx.workspaceId, open);
  await expect(replay(open.id)).rejects.toMatchObject({ code: 'conflict', reason: 'run_not_ended' });
  const old = stored({ detail: JSON.stringify({ ...JSON.parse(row.detail), making: undefined }) });
  await services.deps.database.runs.record(ctx.workspaceId, old);
  await expect(replay(old.id)).rejects.toMatchObject({ code: 'conflict', reason: 'run_not_kept' });
  await deleteFlow({ ctx, input: { id } });
  await expect(replay(last())).rejects.toMatchObject({ code: 'conflict', reason: 'run_not_kept' });
});

test('an agent that does the same is answered as a whole', async () => {
  const agent = { type: 'agent', config: { model: 'openai' } };
  const text = (tail: string) =>
    flowText({ in: input, agent, tail: says(tail), out: output }, [
      'in.text > agent.goal',
      'agent.text > tail.text',
      'tail.text > out.reply',
    ]);
  const { run, replay, save, last, asked } = await bench(text('<{{text}}>'));
  const first = await run(hi);
  expect(first.status).toBe('succeeded');
  const id = last();
  expect(asked().length).toBeGreaterThan(0);
  expect((await replay(id)).outputs).toEqual(first.outputs);
  await save(text('[{{text}}]'));
  expect((await replay(id, draft)).outputs['reply']).toMatch(/^\[.*\]$/s);
  expect(asked()).toEqual([]);
});
