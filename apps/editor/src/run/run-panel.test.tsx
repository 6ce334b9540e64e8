import { act, createRef } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { smallFlow } from '../testing/flows.ts';
import { click, type Rendered, renderInEditor, type, until } from '../testing/render.tsx';
import { RunPanel } from './run-panel.tsx';
import { useRunSession } from './use-run-session.ts';

function Panel() {
  const session = useRunSession();
  return <RunPanel session={session} runRef={createRef()} onShow={() => undefined} onPublish={() => undefined} />;
}

let page: Rendered | undefined;
afterEach(async () => {
  await page?.close();
  vi.unstubAllGlobals();
});

const usage = { calls: 1, inputTokens: 3, outputTokens: 4, costUsd: 0, estimated: false };
const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const happy = [
  event('run-start', { run: 'run_1', at: Date.now() }),
  event('step-start', { node: 'write', scope: '', atMs: 1 }),
  event('output-chunk', { output: 'reply', text: 'The sea ' }),
  event('output-chunk', { output: 'reply', text: 'is wide.' }),
  event('output-end', { output: 'reply', value: 'The sea is wide.', complete: true }),
  event('step-end', { node: 'write', scope: '', status: 'succeeded', atMs: 1, durationMs: 20, usage, model: 'demo/auto', simulated: true }),
  event('run-end', { status: 'succeeded', outputs: { reply: 'The sea is wide.' }, usage, simulated: true, durationMs: 21 }),
];

/** A server that answers each run with these pieces; an aborted request breaks the stream. */
function serve(pieces: string[], { status = 200, type: contentType = 'text/event-stream', hang = false } = {}) {
  const calls: { url: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    calls.push({ url, body: JSON.parse(String(init.body)) });
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        if (hang) init.signal?.addEventListener('abort', () => controller.error(new DOMException('', 'AbortError')));
        else controller.close();
      },
    });
    return new Response(body, { status, headers: { 'Content-Type': contentType } });
  });
  return calls;
}

test('the form opens with the example, and a run streams its answer with state, tokens and the mark', async () => {
  const calls = serve(happy);
  page = await renderInEditor(<Panel />, smallFlow());
  expect(page.find('textbox', 'Topic')).toHaveProperty('value', 'the sea');
  await click(page.find('button', 'Run'));
  await until(() => document.querySelector('[data-testid=run-status]')?.textContent?.includes('Done') === true);
  expect(calls[0]?.body).toEqual({ inputs: { topic: 'the sea' } });
  expect(document.querySelector('[data-testid=run-result]')?.textContent).toContain('The sea is wide.');
  expect(document.querySelector('[data-testid=run-status]')?.textContent).toContain('Simulated');
  expect(page.text()).toContain('Make it yours');
});

test('a field that is wrong is said at the field, and nothing is sent', async () => {
  const calls = serve(happy);
  page = await renderInEditor(<Panel />, smallFlow());
  await type(page.find('textbox', 'How many'), 'three');
  await click(page.find('button', 'Run'));
  expect(page.text()).toContain('This must be a number.');
  expect(page.find('textbox', 'How many').getAttribute('aria-invalid')).toBe('true');
  // What a run would cost may be asked meanwhile; no run is begun.
  const begun = () => calls.filter(({ url }) => url.endsWith('/runs'));
  expect(begun()).toEqual([]);
  await type(page.find('textbox', 'How many'), '3');
  expect(page.text()).not.toContain('This must be a number.');
  await click(page.find('button', 'Run'));
  await until(() => begun().length === 1);
  expect(begun()[0]?.body).toEqual({ inputs: { topic: 'the sea', count: 3 } });
});

test('a required field left empty is said at the field, and nothing is sent', async () => {
  const calls = serve(happy);
  page = await renderInEditor(<Panel />, smallFlow());
  await type(page.find('textbox', 'Topic'), '  ');
  await click(page.find('button', 'Run'));
  expect(page.text()).toContain('“Topic” is needed for the run.');
  expect(page.find('textbox', 'Topic').getAttribute('aria-invalid')).toBe('true');
  await until(() => document.activeElement === page?.find('textbox', 'Topic'));
  expect(calls).toEqual([]);
  await type(page.find('textbox', 'Topic'), 'the moon');
  await click(page.find('button', 'Run'));
  await until(() => calls.length === 1);
});

test('a choice is shown by its title, not by the id that callers get', async () => {
  serve([
    event('output-end', { output: 'reply', value: 'high', complete: true }),
    event('run-end', { status: 'succeeded', outputs: { reply: 'high' }, usage, durationMs: 1 }),
  ]);
  const flow = smallFlow();
  flow.nodes['pick'] = { type: 'branch', config: { ways: [{ id: 'high', title: '紧急', conditions: [{ op: 'not_empty' }] }] } };
  flow.edges = [
    { from: 'ask.topic', to: 'pick.value' },
    { from: 'pick.choice', to: 'answer.reply' },
  ];
  page = await renderInEditor(<Panel />, flow);
  await click(page.find('button', 'Run'));
  await until(() => document.querySelector('[data-testid=run-result]')?.textContent === '紧急');
});

test('Stop ends the run, keeps what had come and says so', async () => {
  serve(happy.slice(0, 3), { hang: true });
  page = await renderInEditor(<Panel />, smallFlow());
  await click(page.find('button', 'Run'));
  await until(() => document.querySelector('[data-testid=run-result]')?.textContent?.includes('The sea') === true);
  await click(page.find('button', 'Stop'));
  await until(() => document.querySelector('[data-testid=run-status]')?.textContent?.includes('Stopped') === true);
  expect(document.querySelector('[data-testid=run-result]')?.textContent).toContain('The sea');
  page.find('button', 'Run');
});

test('a refusal is a sentence, with the details the server gave', async () => {
  const problem = { type: 'x', title: 'Wrong', status: 422, detail: 'The flow has problems.', instance: 'r', code: 'invalid_input' };
  serve([JSON.stringify({ ...problem, errors: [{ pointer: '/nodes/draft', message: 'Draft misses its topic.' }] })], {
    status: 422,
    type: 'application/problem+json',
  });
  page = await renderInEditor(<Panel />, smallFlow());
  await click(page.find('button', 'Run'));
  await until(() => document.querySelector('[role=alert]') !== null);
  expect(document.querySelector('[role=alert]')?.textContent).toContain('Draft misses its topic.');
});

test('a stream that breaks before the end of the run is no success', async () => {
  serve(happy.slice(0, 3));
  page = await renderInEditor(<Panel />, smallFlow());
  await click(page.find('button', 'Run'));
  await until(() => document.querySelector('[data-testid=run-status]')?.textContent?.includes('Interrupted') === true);
  expect(page.text()).toContain('The connection broke before the run ended.');
});

test('a draft that could not be saved is not run', async () => {
  const calls = serve(happy);
  const rendered = await renderInEditor(<Panel />, smallFlow(), async () => ({ kind: 'refused', message: 'The draft is too large.' }));
  page = rendered;
  await act(async () =>
    rendered.store.command({ key: 'app:editor.rename' }, (draft) => {
      draft.name = 'Other';
    }),
  );
  await click(page.find('button', 'Run'));
  await until(() => rendered.text().includes('The draft is too large.'));
  expect(calls).toEqual([]);
});
