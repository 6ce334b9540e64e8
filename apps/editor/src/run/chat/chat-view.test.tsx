import type { FlowDocument } from '@patchbay/flow';
import { act, createRef } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { click, type Rendered, renderInEditor, type, until } from '../../testing/render.tsx';
import { RunInputs } from '../run-inputs.tsx';
import { useRunSession } from '../use-run-session.ts';
import { forgetThreads } from './thread.ts';

function Panel() {
  const session = useRunSession();
  return (
    <div data-testid="run-panel">
      <RunInputs session={session} runRef={createRef()} />
    </div>
  );
}

const talking = (): FlowDocument => ({
  format: 'patchbay/flow',
  version: 1,
  name: 'Talk',
  nodes: {
    in: {
      type: 'input',
      config: {
        fields: [
          { id: 'text', title: 'Message' },
          { id: 'talk', title: 'Talk', required: false },
          { id: 'tone', title: 'Tone', required: false },
        ],
      },
    },
    chat: { type: 'chat', config: {} },
    out: { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply' }] } },
  },
  edges: [
    { from: 'in.text', to: 'chat.message' },
    { from: 'in.talk', to: 'chat.conversation' },
    { from: 'chat.text', to: 'out.reply' },
  ],
  layout: { in: { x: 0, y: 0 }, chat: { x: 320, y: 0 }, out: { x: 640, y: 0 } },
  examples: [{ name: 'Hello', inputs: { text: 'Hello there' } }],
});

let page: Rendered | undefined;
beforeEach(() => {
  forgetThreads();
  sessionStorage.clear();
});
afterEach(async () => {
  await page?.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const usage = { calls: 1, inputTokens: 1, outputTokens: 1, costUsd: 0, estimated: false };
const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const answer = (text: string) => [
  event('run-start', { run: 'run_1', at: Date.now() }),
  event('output-chunk', { output: 'reply', text }),
  event('output-end', { output: 'reply', value: text, complete: true }),
  event('run-end', { status: 'succeeded', outputs: { reply: text }, usage, simulated: false, durationMs: 2 }),
];
const failing = [
  event('run-end', {
    status: 'failed',
    outputs: {},
    error: { class: 'auth', reason: 'x', params: {}, message: 'No key.' },
    usage,
    simulated: false,
    durationMs: 2,
  }),
];

interface Call {
  method: string;
  url: string;
  inputs?: Record<string, string>;
}

/** A server that answers each run with the next of these, and knows these earlier messages. */
function serve(runs: string[][], earlier?: object[], { hang = false } = {}): Call[] {
  const calls: Call[] = [];
  let next = 0;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const { method = 'GET' } = init;
    calls.push({ method, url, ...(method === 'POST' ? { inputs: JSON.parse(String(init.body)).inputs } : {}) });
    if (method === 'DELETE') return new Response(null, { status: 204 });
    if (method === 'GET') {
      if (earlier === undefined) return new Response('{"code":"not_found"}', { status: 404 });
      return new Response(JSON.stringify({ id: 'x', messages: earlier, summary: '' }), { headers: { 'Content-Type': 'application/json' } });
    }
    const pieces = runs[next] ?? [];
    next += 1;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        if (hang) init.signal?.addEventListener('abort', () => controller.error(new DOMException('', 'AbortError')));
        else controller.close();
      },
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  });
  return calls;
}
const log = () => document.querySelector('[role=log]')?.textContent ?? '';
const press = async (element: HTMLElement, init: KeyboardEventInit) =>
  act(async () => {
    element.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
  });
const open = async () => {
  page = await renderInEditor(<Panel />, talking());
  await until(() => document.querySelector('[role=log]') !== null);
  return page;
};

test('Enter sends, what was said stands in bubbles, and the next message is of the same conversation', async () => {
  const calls = serve([answer('Good day.'), answer('As I said.')]);
  const { find } = await open();
  // The example is there to be sent.
  expect(find('textbox', 'Message')).toHaveProperty('value', 'Hello there');
  await press(find('textbox', 'Message'), { key: 'Enter' });
  await until(() => log().includes('Good day.'));
  expect(log()).toBe('YouHello thereThe flowGood day.');
  expect(find('textbox', 'Message')).toHaveProperty('value', '');
  await type(find('textbox', 'Message'), 'And then?');
  await click(find('button', 'Send'));
  await until(() => log().includes('As I said.'));
  const runs = calls.filter(({ method }) => method === 'POST').map(({ inputs }) => inputs);
  expect(runs).toEqual([
    { text: 'Hello there', talk: expect.stringMatching(/^test_/) },
    { text: 'And then?', talk: runs[0]?.['talk'] },
  ]);
});

test('Enter with Shift, or in the middle of a Chinese word, sends nothing; neither does an empty message', async () => {
  const calls = serve([]);
  const { find } = await open();
  await press(find('textbox', 'Message'), { key: 'Enter', shiftKey: true });
  await press(find('textbox', 'Message'), { key: 'Enter', isComposing: true });
  await type(find('textbox', 'Message'), '  ');
  await press(find('textbox', 'Message'), { key: 'Enter' });
  expect(find('button', 'Send')).toHaveProperty('disabled', true);
  expect(calls.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('a new conversation is a new name, and the old one is forgotten', async () => {
  const calls = serve([answer('One.'), answer('Two.')]);
  const { find } = await open();
  await click(find('button', 'Send'));
  await until(() => log().includes('One.'));
  await click(find('button', 'New conversation'));
  expect(log()).toContain('this flow remembers the conversation');
  await type(find('textbox', 'Message'), 'Again');
  await click(find('button', 'Send'));
  await until(() => log().includes('Two.'));
  const [first, second] = calls.flatMap(({ inputs }) => inputs?.['talk'] ?? []);
  expect(first).not.toBe(second);
  expect(calls.find(({ method }) => method === 'DELETE')?.url).toContain(`/conversations/${first}`);
});

test('what fails is said in the talk, with what the server says of it', async () => {
  serve([failing]);
  const { find } = await open();
  await click(find('button', 'Send'));
  await until(() => log().includes('No key.'));
  expect(document.querySelector('[role=log] [role=alert]')?.textContent).toBe('No key.');
});

test('Stop ends the answer, keeps what had come and says that it is not remembered', async () => {
  serve([answer('Good').slice(0, 2)], undefined, { hang: true });
  const { find } = await open();
  await click(find('button', 'Send'));
  await until(() => log().includes('Good'));
  expect(log()).toContain('writes …');
  await click(find('button', 'Stop'));
  await until(() => log().includes('not remembered'));
  expect(log()).toContain('Good');
  find('button', 'Send');
});

test('after a reload the talk of this tab is there again', async () => {
  // The same flow both times.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  serve([answer('One.')]);
  await open();
  await page?.close();
  forgetThreads();
  const calls = serve(
    [],
    [
      { role: 'user', content: 'Hi', at: '' },
      { role: 'assistant', content: 'Ho', at: '' },
    ],
  );
  await open();
  await until(() => log().includes('Ho'));
  expect(log()).toBe('YouHiThe flowHo');
  expect(calls[0]?.url).toMatch(/\/conversations\/test_/);
});

test('other inputs stand beside the message, and the form is one click away and back', async () => {
  const calls = serve([answer('Yes.')]);
  const { find } = await open();
  await type(find('textbox', 'Tone'), 'kind');
  await click(find('button', 'Send'));
  await until(() => log().includes('Yes.'));
  expect(calls.at(-1)?.inputs).toMatchObject({ tone: 'kind' });
  await click(find('button', 'Show the form'));
  find('button', 'Run');
  find('textbox', 'Talk');
  await click(find('button', 'Show the conversation'));
  await until(() => document.querySelector('[role=log]') !== null);
  expect(log()).toContain('Yes.');
});
