/** What all providers are asked and answer, in our own terms. Each adapter translates to one wire format. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What a provider wants handed back unread with a part of its own answer, for example a signature of its thinking. */
export type Opaque = { [provider: string]: { [key: string]: Json } };

export interface TextPart {
  type: 'text';
  text: string;
  opaque?: Opaque | undefined;
}
/** An image, sound, video or file by its content, base64 without a prefix. */
export interface MediaPart {
  type: 'media';
  mediaType: string;
  base64: string;
  name?: string | undefined;
  opaque?: Opaque | undefined;
}
/** What a model thought before it answered. Never part of the answer's text. */
export interface ReasoningPart {
  type: 'reasoning';
  text: string;
  opaque?: Opaque | undefined;
}
/** The model asks for a tool. `input` is what it wrote, read as JSON; it need not satisfy the tool's schema. */
export interface ToolCallPart {
  type: 'tool-call';
  id: string;
  name: string;
  input: Json;
  opaque?: Opaque | undefined;
}
/** What a tool said, in a message of role `tool`; `id` and `name` are those of the call. */
export interface ToolResultPart {
  type: 'tool-result';
  id: string;
  name: string;
  output: Json;
  /** True where the tool failed; `output` then says how. */
  failed?: boolean | undefined;
}
export type ContentPart = TextPart | MediaPart | ReasoningPart | ToolCallPart | ToolResultPart;
/** What an answer can hold. Handed back as an assistant's content it is the turn the model made. */
export type AnswerPart = TextPart | MediaPart | ReasoningPart | ToolCallPart;

/** System and user parts stay separate messages; they are never joined into one text. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string | ContentPart[];
}

/** A function the model may ask for. Which tools there are is the author's choice, never the model's. */
export interface ToolDefinition {
  /** `^[a-zA-Z0-9_-]{1,64}$`, what all providers take. */
  name: string;
  description: string;
  /** JSON Schema of an object. */
  inputSchema: { [key: string]: Json };
}

/**
 * What the call is for, said apart from the words of the prompt. Real providers never see it;
 * the demo model does by rule what the task says, instead of guessing from a prompt.
 */
export type ModelTask =
  | { kind: 'classify'; text: string; labels: { id: string; title: string; hint?: string | undefined }[]; many?: boolean }
  | { kind: 'extract'; text: string; fields: { id: string; title: string; type: string }[]; many?: boolean }
  | { kind: 'summarize'; text: string; sentences: number }
  | { kind: 'translate'; text: string; target: string }
  | { kind: 'rewrite'; text: string; tone: string; length: 'keep' | 'shorter' | 'longer'; fix: boolean }
  | { kind: 'answer'; text: string; question: string }
  | { kind: 'code'; text: string; language: string }
  | { kind: 'moderate'; text: string; topics: string[] }
  | { kind: 'bias'; text: string }
  /** Of what is shown in the messages; `text` is the question, empty for a description. */
  | { kind: 'describe'; text: string; language?: string | undefined }
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
  tools?: readonly ToolDefinition[] | undefined;
  /** Absent means `auto`. A name forces that tool. */
  toolChoice?: 'auto' | 'none' | 'required' | { name: string } | undefined;
  /** How long to think first, where a model can; absent means the provider's default. */
  reasoning?: 'none' | 'low' | 'medium' | 'high' | undefined;
  /** What the answer may hold besides text, where a model makes it. */
  outputs?: readonly 'image'[] | undefined;
  task?: ModelTask | undefined;
}

/** Tokens and money of one call. `costUsd` is null where no price is known. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  /** True where the provider gave no figures and ours are counted from the text. */
  estimated: boolean;
  /** Of the input tokens, those read from the provider's cache and those written to it, at their own prices. */
  cachedInputTokens?: number;
  cacheWriteTokens?: number;
  /** Of the output tokens, those the model thought with. */
  reasoningTokens?: number;
  /** Of the input tokens, those that stand for sound; of the output tokens, those that stand for pictures. At their own prices. */
  audioInputTokens?: number;
  imageOutputTokens?: number;
  /** Seconds of sound that was listened to; some models are paid by them and not by tokens. */
  audioSeconds?: number;
}

/** `tool_calls`: the model waits for the results of its tools. */
export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls' | 'other';

export interface ChatResult {
  text: string;
  /** The whole answer in order, where it is more than text: reasoning, tool calls, media. */
  parts?: AnswerPart[] | undefined;
  finishReason: FinishReason;
  usage: Usage;
  /** The model that answered, as the provider names it. */
  model: string;
  /** True for the demo model: no provider was asked. */
  simulated: boolean;
}

/**
 * A stream is any number of texts, of the answer or of the thinking before it, and then exactly one end, which holds the
 * parts that come whole. A stream that breaks throws a ModelError.
 */
export type ChatChunk = { type: 'text'; text: string } | { type: 'reasoning'; text: string } | ({ type: 'end' } & Omit<ChatResult, 'text'>);

/** The one way out, handed to adapters by the host. Rejects with ModelError classes for refusal, time-out and broken transport. */
export type OutboundRequest = (request: {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string | Uint8Array;
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

/** What a provider may be able to do besides chat. */
export const capabilities = ['embed', 'image', 'speech', 'transcribe', 'rerank', 'moderate'] as const;
export type Capability = (typeof capabilities)[number];

export interface EmbedRequest {
  model: string;
  texts: readonly string[];
  /** Shorter vectors, where the model can. */
  dimensions?: number | undefined;
}
/** One vector per text, in order. */
export interface EmbedResult extends Answered {
  vectors: number[][];
}

export interface ImageRequest {
  model: string;
  prompt: string;
  /** How many; absent means one. */
  count?: number | undefined;
  /** In pixels, `1024x1024`. */
  size?: `${number}x${number}` | undefined;
  /** Images to work on instead of beginning with nothing. */
  images?: readonly MediaPart[] | undefined;
}
export interface ImageResult extends Answered {
  images: MediaPart[];
}

export interface SpeechRequest {
  model: string;
  text: string;
  /** The provider's own name of a voice. */
  voice?: string | undefined;
  /** How it should be spoken, in words, where the model takes them. */
  instructions?: string | undefined;
  format?: 'mp3' | 'wav' | 'opus' | undefined;
}
export interface SpeechResult extends Answered {
  audio: MediaPart;
}

export interface TranscribeRequest {
  model: string;
  audio: MediaPart;
  /** ISO 639-1, where it is known. */
  language?: string | undefined;
}
export interface TranscribeResult extends Answered {
  text: string;
  language: string | null;
  /** Times in seconds; empty where the provider gives none. */
  segments: { text: string; start: number; end: number }[];
}

export interface RerankRequest {
  model: string;
  query: string;
  documents: readonly string[];
  /** How many of the best; absent means all. */
  top?: number | undefined;
}
/** Best first; `index` is the place in the documents, `score` is 0 to 1. */
export interface RerankResult extends Answered {
  ranking: { index: number; score: number }[];
}

export interface ModerateRequest {
  model: string;
  texts: readonly string[];
}
/** One verdict per text, in order; `categories` are the provider's names with scores from 0 to 1. */
export interface ModerateResult extends Answered {
  verdicts: { flagged: boolean; categories: Record<string, number> }[];
}

/** What every answer says besides itself. */
interface Answered {
  usage: Usage;
  model: string;
  simulated: boolean;
}

/** One provider behind one connection. A method that is not there is something the provider cannot do. */
export interface ModelProvider {
  /** The first part of `provider/model`. */
  readonly id: string;
  readonly defaultModel?: string | undefined;
  /** The model to take for what is not chat, where nobody named one. */
  readonly usual?: Partial<Record<Capability, string>> | undefined;
  generate(request: ChatRequest, call: CallContext): Promise<ChatResult>;
  stream(request: ChatRequest, call: CallContext): AsyncIterable<ChatChunk>;
  /** Names of models the provider offers, best first. */
  listModels(call: CallContext): Promise<string[]>;
  embed?(request: EmbedRequest, call: CallContext): Promise<EmbedResult>;
  image?(request: ImageRequest, call: CallContext): Promise<ImageResult>;
  speech?(request: SpeechRequest, call: CallContext): Promise<SpeechResult>;
  transcribe?(request: TranscribeRequest, call: CallContext): Promise<TranscribeResult>;
  rerank?(request: RerankRequest, call: CallContext): Promise<RerankResult>;
  moderate?(request: ModerateRequest, call: CallContext): Promise<ModerateResult>;
}
