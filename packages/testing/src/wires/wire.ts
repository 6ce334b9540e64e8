import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../reply.ts';

/** A request as it came over the wire. */
export interface WireRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  /** The parsed body; empty where it is no JSON object. */
  body: JsonObject;
}

/** What a request means, whatever the dialect. A wire that cannot read it throws `BadShape`. */
export interface WireAsked {
  kind: 'chat' | 'list' | 'embed' | 'image' | 'speech' | 'transcribe' | 'rerank' | 'moderate' | 'token';
  model: string;
  stream: boolean;
  /** The last words of the user, or the texts to work on. */
  texts: string[];
  schema?: JsonObject | undefined;
  /** Names of the tools offered. */
  tools?: string[];
  /** What tools said, by the id of their call where the dialect has one. */
  results?: { id: string; output: string }[];
  /** Media of the messages, as `type;base64`. */
  media?: string[];
  /** The dialect asks for the answer through a tool of this name. */
  answerTool?: string | undefined;
  /** Signatures of earlier thinking that were handed back. */
  signatures?: string[];
  /** A picture belongs into the answer. */
  draws?: boolean;
  maxTokens?: number | undefined;
  /** Depth of thinking asked for, in the dialect's own words. */
  reasoning?: unknown;
}

/** The classes a provider's refusals have, each told in the dialect's own form. */
export type Refusal =
  | 'auth'
  | 'rate_limited'
  | 'invalid_input'
  | 'model_not_found'
  | 'context_too_long'
  | 'content_filtered'
  | 'provider_unavailable';

export type WireFault =
  /** Answers a status with the dialect's own error document. */
  | { kind: 'refuse'; as: Refusal; retryAfter?: string }
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** Sends one event, then nothing more, until the caller leaves. */
  | { kind: 'stall' }
  /** A body, or an event in mid-stream, that cannot be read. */
  | { kind: 'malformed' }
  /** Breaks the connection in the middle of the answer. */
  | { kind: 'cut' }
  /** Ends the stream politely but early. */
  | { kind: 'early-end' }
  /** An error of the dialect in mid-stream. */
  | { kind: 'error-event' }
  /** All bytes of the answer one by one. */
  | { kind: 'split-bytes' }
  /** No content at all. */
  | { kind: 'empty' };

/** What to answer, whatever the dialect. */
export interface WireReply {
  /** Absent repeats the user, or fills the schema asked for. */
  text?: string;
  /** Thinking before the answer, with the signature the provider wants back. */
  reasoning?: string;
  /** Asks for tools instead of, or besides, answering. `input` a string is sent as it is, broken or not. */
  toolCalls?: { id: string; name: string; input: object | string }[];
  finish?: 'stop' | 'length' | 'filter';
  usage?: { input: number; output: number; cached?: number; reasoning?: number };
  fault?: WireFault;
}

/** A reply with everything decided. */
export interface WireAnswer extends WireReply {
  text: string;
  toolCalls: { id: string; name: string; input: object | string }[];
  finish: 'stop' | 'length' | 'filter';
  usage: { input: number; output: number; cached: number; reasoning: number };
}

export interface WireError {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** One dialect, as its provider speaks it. */
export interface Wire {
  name: string;
  /** Reads a request; throws `BadShape` where the provider would refuse it. */
  read(request: WireRequest): WireAsked;
  /** Says why the right to call is not proven; undefined where it is. */
  authenticate(request: WireRequest, secrets: WireSecrets): string | undefined;
  whole(asked: WireAsked, answer: WireAnswer): unknown;
  /** Frames of a streamed answer, in order; the last ones end it. */
  frames(asked: WireAsked, answer: WireAnswer): (string | Buffer)[];
  streamType: string;
  refuse(as: Refusal, message: string): WireError;
  /** An error in mid-stream. */
  errorFrame(): string | Buffer;
  malformedFrame(): string | Buffer;
  /** What the dialect does besides chat. Bytes are answered as they are. */
  other?(asked: WireAsked, answer: WireAnswer): unknown;
}

/** What a caller has to prove it holds; each dialect reads its own. */
export interface WireSecrets {
  apiKey?: string;
  accessKeyId?: string;
  secretAccessKey?: string;
  region?: string;
  /** PEM, of the key claims are signed with. */
  publicKey?: string;
}

/** A request the provider would refuse; the message says what is wrong, so that a failing test does too. */
export class BadShape extends Error {}

/** Refuses a request whose shape is not the dialect's. */
export function assertShape(condition: unknown, message: string): asserts condition {
  if (condition === undefined || condition === null || condition === false) throw new BadShape(message);
}

export const sse = (data: unknown, event?: string): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
