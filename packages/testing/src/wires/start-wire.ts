import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chunksOf, isObject, sampleOf } from '../reply.ts';
import {
  BadShape,
  type Wire,
  type WireAnswer,
  type WireAsked,
  type WireError,
  type WireReply,
  type WireRequest,
  type WireSecrets,
} from './wire.ts';

export interface WireCall {
  method: string;
  path: string;
  headers: WireRequest['headers'];
  body: WireRequest['body'];
  bytes: Buffer;
  /** Absent where the request was refused before it was read. */
  asked: WireAsked | undefined;
  /** The caller left before the answer was complete. */
  aborted: boolean;
}

export interface FakeWire {
  /** `http://127.0.0.1:port`, without a path. */
  origin: string;
  calls: WireCall[];
  /** The next calls get these replies, one each, in order. */
  script(...replies: WireReply[]): void;
  /** Resolves when the last call was left by its caller. */
  left(): Promise<void>;
  close(): Promise<void>;
}

export interface WireOptions {
  secrets: WireSecrets;
  /** What calls answer that no script line is left for. */
  reply?: WireReply;
}

/** A provider of one dialect on loopback: checks who asks and how, answers, streams and fails as the real one does. */
export async function startWire(wire: Wire, { secrets, reply = {} }: WireOptions): Promise<FakeWire> {
  const calls: WireCall[] = [];
  const script: WireReply[] = [];
  const waiting = new Set<() => void>();

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    const { method, path, headers, body, bytes } = request;
    const call: WireCall = { method, path, headers, body, bytes, asked: undefined, aborted: false };
    calls.push(call);
    response.once('close', () => {
      if (response.writableFinished) return;
      call.aborted = true;
      for (const wake of waiting) wake();
    });
    const why = wire.authenticate(request, secrets);
    if (why !== undefined) return sendError(response, wire.refuse('auth', why));
    try {
      call.asked = wire.read(request);
    } catch (error) {
      if (error instanceof BadShape) return sendError(response, wire.refuse('invalid_input', error.message));
      throw error;
    }
    if (call.asked.kind === 'token') {
      // The way to the right to call is no call: scripts and counts are of what is asked with it.
      calls.splice(calls.indexOf(call), 1);
      return sendWhole(response, wire.other?.(call.asked, decide(call.asked, {})), undefined);
    }
    await answer(wire, response, { asked: call.asked, reply: script.shift() ?? reply, secrets });
  };

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(599).end(String(error));
      else response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    calls,
    script: (...replies) => void script.push(...replies),
    left: async () => {
      while (calls.at(-1)?.aborted !== true) await new Promise<void>((resolve) => waiting.add(resolve));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  const url = new URL(incoming.url ?? '/', 'http://x');
  const json = incoming.headers['content-type']?.includes('json') === true && bytes.length > 0;
  const body: unknown = json ? JSON.parse(bytes.toString('utf8')) : {};
  const { method = '', headers } = incoming;
  return { method, path: url.pathname, query: url.searchParams, headers, bytes, body: isObject(body) ? body : {} };
}

interface Exchange {
  asked: WireAsked;
  reply: WireReply;
  secrets: WireSecrets;
}

async function answer(wire: Wire, response: ServerResponse, { asked, reply, secrets }: Exchange): Promise<void> {
  const { fault } = reply;
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'refuse') {
    // Some providers repeat the key they were called with; nobody must see it.
    const error = wire.refuse(fault.as, `Refused: ${fault.as}, called with ${secrets.apiKey ?? secrets.secretAccessKey}.`);
    const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
    return sendError(response, { ...error, headers: { ...error.headers, ...headers } });
  }
  const decided = decide(asked, reply);
  if (asked.kind !== 'chat') return sendWhole(response, wire.other?.(asked, decided), fault);
  if (!asked.stream) return sendWhole(response, wire.whole(asked, decided), fault);
  await sendFrames(wire, response, { asked, answer: decided });
}

function decide(asked: WireAsked, reply: WireReply): WireAnswer {
  const { toolCalls = [], finish = 'stop', usage } = reply;
  const usual = asked.schema === undefined ? (asked.texts.at(-1) ?? '') : JSON.stringify(sampleOf(asked.schema));
  const text = reply.fault?.kind === 'empty' ? '' : (reply.text ?? (toolCalls.length > 0 ? '' : usual));
  const { input = 10, output = 5, cached = 0, reasoning = 0 } = usage ?? {};
  return { ...reply, text, toolCalls, finish, usage: { input, output, cached, reasoning } };
}

function sendError(response: ServerResponse, { status, headers = {}, body }: WireError): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function sendWhole(response: ServerResponse, body: unknown, fault: WireReply['fault']): Promise<void> {
  if (Buffer.isBuffer(body)) return void response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(body);
  const text = JSON.stringify(body);
  const sent = Buffer.from(fault?.kind === 'malformed' ? text.slice(0, -9) : text);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': sent.length });
  if (fault?.kind === 'split-bytes') return sendBytes(response, sent, true);
  if (fault?.kind !== 'cut' && fault?.kind !== 'stall') return void response.end(sent);
  response.write(sent.subarray(0, 20));
  if (fault.kind === 'cut') setImmediate(() => response.destroy());
}

/** What comes before the fault: the beginning of the answer, so that something is there to keep. */
async function sendFrames(wire: Wire, response: ServerResponse, exchange: { asked: WireAsked; answer: WireAnswer }): Promise<void> {
  const { asked, answer: decided } = exchange;
  const { fault } = decided;
  response.writeHead(200, { 'content-type': wire.streamType, 'cache-control': 'no-cache' });
  response.flushHeaders();
  const frames = wire.frames(asked, decided);
  const early = fault !== undefined && fault.kind !== 'split-bytes' && fault.kind !== 'empty';
  for (const frame of early ? frames.slice(0, Math.ceil(frames.length / 2)) : frames) {
    if (response.destroyed) return;
    if (fault?.kind === 'split-bytes') await sendBytes(response, Buffer.from(frame), false);
    else response.write(frame);
    // Each frame in a turn of its own, as they come from a model.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (fault?.kind === 'stall') return;
  if (fault?.kind === 'cut') return void setImmediate(() => response.destroy());
  if (fault?.kind === 'error-event') response.write(wire.errorFrame());
  if (fault?.kind === 'malformed') response.write(wire.malformedFrame());
  response.end();
}

async function sendBytes(response: ServerResponse, bytes: Buffer, end: boolean): Promise<void> {
  for (let index = 0; index < bytes.length && !response.destroyed; index += 1) {
    response.write(bytes.subarray(index, index + 1));
    if (index % 8 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  if (end) response.end();
}

/** The pieces a text streams in. */
export const piecesOf = (text: string): string[] => chunksOf(text, undefined);
