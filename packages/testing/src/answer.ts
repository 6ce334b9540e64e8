import type { IncomingMessage, ServerResponse } from 'node:http';
import { chunksOf, type FakeRequest, type Fault, type Reply, textOfReply } from './reply.ts';

export interface Exchange {
  asked: FakeRequest;
  reply: Reply;
}

/** Answers one chat completion as the reply says, whole or as a stream. */
export async function sendAnswer(request: IncomingMessage, response: ServerResponse, exchange: Exchange): Promise<void> {
  const { fault, delayMs = 0 } = exchange.reply;
  if (delayMs > 0) await pause(delayMs);
  if (fault?.kind === 'raw') return sendRaw(response, fault);
  if (fault?.kind === 'endless') return sendEndless(response, fault.text);
  if (fault !== undefined && sendFault(request, response, fault)) return;
  if (exchange.asked.stream) await sendStream(response, exchange);
  else await sendWhole(response, exchange);
}

/** Faults that need no answer text; true where one was sent. */
function sendFault(request: IncomingMessage, response: ServerResponse, fault: Fault): boolean {
  if (fault.kind === 'hang') return true;
  if (fault.kind === 'reset') {
    request.socket.destroy();
    return true;
  }
  if (fault.kind === 'redirect') {
    response.writeHead(fault.status, { location: fault.location }).end();
    return true;
  }
  if (fault.kind === 'html') {
    response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<html><body>Bad gateway</body></html>');
    return true;
  }
  if (fault.kind !== 'status') return false;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (fault.retryAfter !== undefined) headers['retry-after'] = fault.retryAfter;
  const error = { message: fault.message ?? `Failed with ${fault.status}.`, type: 'fake', param: null, code: fault.code ?? null };
  response.writeHead(fault.status, headers).end(JSON.stringify({ error }));
  return true;
}

const usageOf = (reply: Reply, text: string) => {
  const usage = reply.usage ?? { prompt_tokens: 10, completion_tokens: Math.max(1, Math.ceil(text.length / 4)) };
  return { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens };
};

const finishOf = ({ finishReason, tools }: Reply): string => finishReason ?? (tools === undefined ? 'stop' : 'tool_calls');

/** The tools it asks for, as a message or a stream's delta has them. */
const callsOf = ({ tools }: Reply): object =>
  tools === undefined
    ? {}
    : {
        tool_calls: tools.map(({ name, arguments: args }, index) => ({
          index,
          id: `call_${index}`,
          type: 'function',
          function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
        })),
      };

async function sendWhole(response: ServerResponse, { asked, reply }: Exchange): Promise<void> {
  const { fault } = reply;
  const text = textOfReply(reply, asked);
  const message = { role: 'assistant', content: fault?.kind === 'null-content' || fault?.kind === 'refusal' ? null : text };
  const refusal = fault?.kind === 'refusal' ? { refusal: fault.text } : {};
  const choice = { index: 0, message: { ...message, ...refusal, ...callsOf(reply) }, finish_reason: finishOf(reply) };
  const body = JSON.stringify({
    id: 'fake',
    object: 'chat.completion',
    created: 0,
    model: reply.model ?? asked.model,
    choices: fault?.kind === 'empty-choices' ? [] : [choice],
    ...(fault?.kind === 'no-usage' ? {} : { usage: usageOf(reply, text) }),
  });
  if (fault?.kind === 'long-line') return sendFiller(response, fault.bytes);
  if (fault?.kind === 'split-bytes') return sendBytes(response, Buffer.from(body));
  const sent = fault?.kind === 'malformed' ? body.slice(0, -9) : body;
  if (fault?.kind === 'cut' || fault?.kind === 'hang-after-headers') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) });
    response.write(sent.slice(0, 20));
    if (fault.kind === 'cut') setImmediate(() => response.destroy());
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) });
  response.end(sent);
}

async function sendStream(response: ServerResponse, { asked, reply }: Exchange): Promise<void> {
  const { fault, chunkDelayMs = 0 } = reply;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
  const text = textOfReply(reply, asked);
  const events = streamEvents(asked, reply, text);
  const stopAt = stopAfter(fault);
  for (const [index, event] of events.entries()) {
    if (index === stopAt) return endEarly(response, fault);
    if (chunkDelayMs > 0 && index > 0) await pause(chunkDelayMs);
    if (response.destroyed) return;
    if (fault?.kind === 'split-bytes') await sendBytes(response, Buffer.from(event), false);
    else if (!response.write(event)) await drained(response);
  }
  if (fault?.kind === 'long-line') return sendFiller(response, fault.bytes);
  if (stopAt !== undefined && stopAt >= events.length) return endEarly(response, fault);
  response.end();
}

/** Index of the event that is not sent any more. */
function stopAfter(fault: Fault | undefined): number | undefined {
  if (fault?.kind === 'cut' || fault?.kind === 'early-end' || fault?.kind === 'error-event') return fault.after;
  if (fault?.kind === 'hang-after-headers' || fault?.kind === 'malformed') return fault.after ?? 0;
  return undefined;
}

function endEarly(response: ServerResponse, fault: Fault | undefined): void {
  if (fault?.kind === 'cut') setImmediate(() => response.destroy());
  else if (fault?.kind === 'early-end') response.end();
  else if (fault?.kind === 'malformed') response.end('data: {"choices":[{"delta":{"cont\n\ndata: [DONE]\n\n');
  else if (fault?.kind === 'error-event') response.end(eventOf({ error: { message: fault.message, code: fault.code } }));
}

function streamEvents(asked: FakeRequest, reply: Reply, text: string): string[] {
  const { fault } = reply;
  const base = { id: 'fake', object: 'chat.completion.chunk', created: 0, model: reply.model ?? asked.model };
  const withChoice = (delta: object, finish: string | null = null) =>
    eventOf({ ...base, choices: [{ index: 0, delta, finish_reason: finish }] });
  if (fault?.kind === 'empty-choices') return [eventOf({ ...base, choices: [] }), 'data: [DONE]\n\n'];
  if (fault?.kind === 'long-line') return [];
  const events = [withChoice({ role: 'assistant', content: null })];
  if (fault?.kind === 'refusal') events.push(withChoice({ refusal: fault.text }));
  else if (fault?.kind !== 'null-content') events.push(...chunksOf(text, reply.chunkSize).map((content) => withChoice({ content })));
  if (reply.tools !== undefined) events.push(withChoice(callsOf(reply)));
  events.push(withChoice({}, finishOf(reply)));
  if (asked.wantsUsage && fault?.kind !== 'no-usage') events.push(eventOf({ ...base, choices: [], usage: usageOf(reply, text) }));
  if (fault?.kind !== 'no-done') events.push('data: [DONE]\n\n');
  return events;
}

const eventOf = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Resolves too when the other side has gone, so that nothing waits for ever. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });

/** Byte by byte, each its own write, with turns of the loop between so that they arrive apart. */
async function sendBytes(response: ServerResponse, bytes: Buffer, end = true): Promise<void> {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  for (let index = 0; index < bytes.length && !response.destroyed; index += 1) {
    response.write(bytes.subarray(index, index + 1));
    if (index % 8 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  if (end) response.end();
}

async function sendEndless(response: ServerResponse, text: string): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = eventOf({ choices: [{ index: 0, delta: { content: text }, finish_reason: null }] });
  while (!response.destroyed) {
    if (!response.write(event)) await drained(response);
    // Others have their turn too.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function sendRaw(response: ServerResponse, { pieces, ending = 'end', headers }: Extract<Fault, { kind: 'raw' }>): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
  response.flushHeaders();
  for (const piece of pieces) {
    if (response.destroyed) return;
    if (!response.write(piece)) await drained(response);
    // A turn of the loop between them, so that they arrive apart.
    await pause(1);
  }
  if (ending === 'end') response.end();
  else if (ending === 'cut') setImmediate(() => response.destroy());
}

/** One endless line; written only as fast as it is read. */
async function sendFiller(response: ServerResponse, bytes: number): Promise<void> {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/json' });
  const block = Buffer.alloc(64 * 1024, 'a');
  response.write('data: ');
  for (let sent = 0; sent < bytes && !response.destroyed; sent += block.length) {
    if (!response.write(block)) await drained(response);
  }
  response.end();
}
