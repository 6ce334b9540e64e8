import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Json, parseFlow } from '@patchbay/flow';
import { maskText } from '@patchbay/guard';
import type { LogLine } from '@patchbay/host';
import { startFakeProvider } from '@patchbay/testing';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { fixture } from '../testing.ts';
import { type Hiding, hidingOf, maskRecord } from './mask-record.ts';
import { preparePublishedRun } from './prepare-run.ts';
import { readRun } from './read-run.ts';
import type { KeptStep } from './record-run.ts';
import { runAsStream } from './run-as-stream.ts';
import { runToEnd } from './run-to-end.ts';
import type { SentEvent } from './sent-event.ts';

const secrets = [
  'zoe.marker@example.com',
  '13800138000',
  '4111 1111 1111 1111',
  '11010519491231002X',
  'DE89 3704 0044 0532 0130 00',
  '203.0.113.77',
  '856142438',
];
const text = `Write to ${secrets[0]}, call ${secrets[1]}, card ${secrets[2]}, id ${secrets[3]}, IBAN ${secrets[4]}, from ${secrets[5]}, BSN ${secrets[6]}.`;

/** Mask, ask, unmask; one more output hands the input back as it is, by a wire of its own. */
const flow = JSON.stringify({
  format: 'patchbay/flow',
  version: 1,
  name: 'Kept back',
  nodes: {
    in: { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type: 'text' }] } },
    hide: { type: 'mask', config: { style: 'numbered' } },
    ask: { type: 'model', config: { model: 'openai' } },
    show: { type: 'unmask', config: {} },
    out: {
      type: 'output',
      config: {
        fields: [
          { id: 'reply', title: 'Reply', type: 'text' },
          { id: 'asked', title: 'Asked', type: 'text' },
        ],
      },
    },
  },
  edges: [
    { from: 'in.text', to: 'hide.text' },
    { from: 'hide.text', to: 'ask.prompt' },
    { from: 'ask.text', to: 'show.text' },
    { from: 'hide.secrets', to: 'show.secrets' },
    { from: 'show.text', to: 'out.reply' },
    { from: 'in.text', to: 'out.asked' },
  ],
  layout: {},
});

async function open() {
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  const lines: LogLine[] = [];
  const environment = { OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'fake-model' };
  const opened = await fixture(environment, { onLog: (line) => lines.push(line) });
  await opened.publish(flow, 'kept-back');
  const prepare = () => preparePublishedRun({ ctx: opened.ctx, input: { slug: 'kept-back', body: { inputs: { text } } } });
  return { ...opened, provider, lines, prepare };
}

const stored = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

const reply = 'Dear [EMAIL_1], we will call [PHONE_1] about [CARD_1], [ID_1], [IBAN_1], [IP_1] and [ID_2].';
const restored = `Dear ${secrets[0]}, we will call ${secrets[1]} about ${secrets[2]}, ${secrets[3]}, ${secrets[4]}, ${secrets[5]} and ${secrets[6]}.`;

test.each(['at once', 'as a stream'])(
  'what is masked reaches neither provider, store, record nor log; the caller reads it restored (%s)',
  async (way) => {
    const { ctx, dataFolder, provider, lines, prepare } = await open();
    provider.script({ text: reply });
    const prepared = await prepare();
    const events: SentEvent[] = [];
    if (way === 'at once') {
      const result = await runToEnd(ctx, prepared);
      expect(result).toMatchObject({ status: 'succeeded', outputs: { reply: restored, asked: text } });
    } else {
      for await (const event of runAsStream(ctx, prepared)) events.push(event);
      expect(events.at(-1)).toMatchObject({ status: 'succeeded', outputs: { reply: restored, asked: text } });
      const chunks = events.flatMap((event) => (event.type === 'output-chunk' && event.output === 'reply' ? [event.text] : []));
      expect(chunks.join('')).toBe(restored);
    }
    const between = events.filter(({ type }) => !type.startsWith('output-') && type !== 'run-end');
    const record = await readRun({ ctx, input: { id: prepared.id } });
    const kept = stored(dataFolder);
    for (const secret of secrets) {
      expect(JSON.stringify(provider.calls.map(({ body }) => body))).not.toContain(secret);
      expect(JSON.stringify(between)).not.toContain(secret);
      expect(JSON.stringify(record)).not.toContain(secret);
      expect(kept).not.toContain(secret);
      expect(JSON.stringify(lines)).not.toContain(secret);
    }
    expect(JSON.stringify(provider.calls.map(({ body }) => body))).toContain('[EMAIL_1]');
    expect(record).toMatchObject({ inputs: { text: expect.stringContaining('Write to [EMAIL_1]') }, outputs: { reply } });
    expect(record.steps.find(({ node }) => node === 'hide')?.outputs).toEqual({ text: expect.stringContaining('[EMAIL_1]') });
  },
);

test('a run that fails quotes nothing that is hidden', async () => {
  const { ctx, dataFolder, provider, prepare } = await open();
  provider.script({ fault: { kind: 'status', status: 400, message: `the prompt of ${secrets[0]} is wrong` } });
  const prepared = await prepare();
  expect((await runToEnd(ctx, prepared)).status).toBe('failed');
  expect(stored(dataFolder)).not.toContain(secrets[0]);
});

const flowWith = (nodes: object) =>
  parseFlow(JSON.stringify({ format: 'patchbay/flow', version: 1, name: 'x', nodes, edges: [], layout: {} })).flow;

test('what a flow hides is what any of its Mask steps hides; a flow without one is kept as it is', () => {
  const off = { email: false, card: false, id: false, iban: false, ip: false, key: false };
  const hiding = hidingOf(
    flowWith({ a: { type: 'mask', config: off }, b: { type: 'mask', config: { ...off, ip: true, phone: false } } }) as never,
  );
  expect([hiding?.kinds, [...(hiding?.nodes ?? [])]]).toEqual([
    ['phone', 'ip'],
    ['a', 'b'],
  ]);
  expect(hidingOf(flowWith({ a: { type: 'mask', config: {}, bypass: true } }) as never)).toBeUndefined();
});

test('names and numbers in values are looked at too, and what is not a text stays what it is', async () => {
  const detail = { inputs: { data: { 'a@b.io': [13812345678, 7, null, true] } }, outputs: {}, steps: [] };
  expect((await maskRecord(detail, { kinds: ['email', 'phone'], nodes: new Set() })).inputs).toEqual({
    data: { '[EMAIL]': ['[PHONE]', 7, null, true] },
  });
});

const every: Hiding = { kinds: ['email', 'phone'], nodes: new Set(['hide']) };
/** A step that hid a value which no rule would find. */
const hidden = { node: 'hide', outputs: { text: '[EMAIL_1]', secrets: { '[EMAIL_1]': 'Ada L' } } } as unknown as KeptStep;
const recordOf = (texts: Json): Parameters<typeof maskRecord>[0] => ({
  inputs: { text: texts },
  outputs: { again: texts },
  steps: [hidden],
});

test('what is little is looked through at once, and what is much in turns: long texts, and many short ones', async () => {
  expect(maskRecord(recordOf('to ada@example.com'), every)).not.toBeInstanceOf(Promise);
  const long = `${'Ada L has ada@example.com and 13812345678; '.repeat(3_000)}Ada L`;
  const clean = `${'[EMAIL_1] has [EMAIL] and [PHONE]; '.repeat(3_000)}[EMAIL_1]`;
  const many = Array.from({ length: 5_000 }, (_, at) => `Ada L${at}@example.com`);
  for (const [given, shown] of [
    [long, clean],
    [many, many.map((_, at) => `[EMAIL_1]${at}@example.com`.replace(/\d+@.*$/, '[EMAIL]'))],
    [{ [long]: [long, 7] }, { [clean]: [clean, 7] }],
  ] as const) {
    const masked = maskRecord(recordOf(given as Json), every);
    expect(masked).toBeInstanceOf(Promise);
    expect(await masked).toEqual({
      inputs: { text: shown },
      outputs: { again: shown },
      steps: [{ node: 'hide', outputs: { text: '[EMAIL_1]' }, error: undefined }],
      error: undefined,
    });
  }
});

test('however texts are spread over a record, each is hidden as it is alone', async () => {
  const piece = fc.constantFrom('ada@example.com ', 'Ada L, ', '13812345678 ', 'word ', '字', '1', '-');
  const text = fc
    .tuple(fc.array(piece, { maxLength: 5 }), fc.constantFrom(1, 1, 1, 500, 3_000))
    .map(([parts, times]) => parts.join('').repeat(times));
  const alone = (one: string) => maskText(one.replaceAll('Ada L', '[EMAIL_1]'), { kinds: every.kinds });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 6 }), async (texts) => {
      expect((await maskRecord(recordOf(texts), every)).inputs).toEqual({ text: texts.map(alone) });
    }),
    { numRuns: 60 },
  );
}, 120_000);
