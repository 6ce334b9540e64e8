/** What all providers are asked and answer, in our own terms. Each adapter translates to one wire format. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A part of a message. Media is given by content, base64 without a prefix. */
export type ContentPart = { type: 'text'; text: string } | { type: 'media'; mediaType: string; base64: string };

/** System and user parts stay separate messages; they are never joined into one text. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string | ContentPart[];
}

/**
 * What the call is for, said apart from the words of the prompt. Real providers never see it;
 * the demo model does by rule what the task says, instead of guessing from a prompt.
 */
export type ModelTask =
  | { kind: 'classify'; text: string; labels: { id: string; title: string; hint?: string | undefined }[] }
  | { kind: 'extract'; text: string; fields: { id: string; title: string; type: string }[] }
  | { kind: 'summarize'; text: string; sentences: number }
  | { kind: 'translate'; text: string; target: string }
  | { kind: 'chat' };

export interface ChatRequest {
  /** The provider's own name of the model, without the provider. */
  model: string;
  messages: ChatMessage[];
  /** 0 to 2; absent means the provider's default. */
  temperature?: number | undefined;
  /** Longest answer, in tokens. */
  maxOutputTokens?: number | undefined;
  /** JSON Schema (2020-12) the answer must satisfy; the answer's text is then JSON. */
  schema?: { [key: string]: Json } | undefined;
  task?: ModelTask | undefined;
}

/** Tokens and money of one call. `costUsd` is null where no price is known. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  /** True where the provider gave no figures and ours are counted from the text. */
  estimated: boolean;
}

export type FinishReason = 'stop' | 'length' | 'content_filter' | 'other';

export interface ChatResult {
  text: string;
  finishReason: FinishReason;
  usage: Usage;
  /** The model that answered, as the provider names it. */
  model: string;
  /** True for the demo model: no provider was asked. */
  simulated: boolean;
}

/** A stream is any number of texts and then exactly one end. A stream that breaks throws a ModelError. */
export type ChatChunk = { type: 'text'; text: string } | ({ type: 'end' } & Omit<ChatResult, 'text'>);

/** The one way out, handed to adapters by the host. Rejects with ModelError classes for refusal, time-out and broken transport. */
export type OutboundRequest = (request: {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}) => Promise<OutboundResponse>;

export interface OutboundResponse {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** The body as bytes arrive, capped in size by the host. Leaving the iteration early closes the connection. */
  body: AsyncIterable<Uint8Array>;
  /** The whole body as UTF-8 text. */
  text(): Promise<string>;
}

/** What an adapter gets with each call besides the request. */
export interface CallContext {
  signal: AbortSignal;
  request: OutboundRequest;
  /** Sent where the provider takes one, so that a repeated call is not paid twice. */
  idempotencyKey?: string | undefined;
}

/** One provider behind one connection. */
export interface ModelProvider {
  /** The first part of `provider/model`. */
  readonly id: string;
  readonly defaultModel?: string | undefined;
  generate(request: ChatRequest, call: CallContext): Promise<ChatResult>;
  stream(request: ChatRequest, call: CallContext): AsyncIterable<ChatChunk>;
  /** Names of models the provider offers, best first. */
  listModels(call: CallContext): Promise<string[]>;
}
