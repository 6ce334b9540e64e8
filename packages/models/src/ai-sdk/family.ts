import type {
  EmbeddingModelV4,
  ImageModelV4,
  LanguageModelV4,
  RerankingModelV4,
  SharedV4ProviderOptions,
  SpeechModelV4,
  TranscriptionModelV4,
} from '@ai-sdk/provider';
import type { CallContext, Capability, ChatRequest } from '../interface.ts';
import type { Fetch } from './outbound-fetch.ts';

/** Kinds of media in a message; `file` is a PDF. */
export type MediaKind = 'image' | 'audio' | 'video' | 'file';

/** What a connection says of itself besides its address and secret, by name: a region, a project. Nothing secret. */
export type FamilySettings = Readonly<Record<string, string>>;

/** What a package is opened with, anew for each call: it holds nothing but these. */
export interface OpenOptions {
  baseUrl: string;
  /** The connection's whole secret. Never read from the environment here: who has none sends none. */
  apiKey: string | undefined;
  settings: FamilySettings;
  fetch: Fetch;
}

/** What an opened package offers of each kind; what it lacks is not asked for. */
export interface Sdk {
  chat(model: string): LanguageModelV4;
  embed?(model: string): EmbeddingModelV4;
  image?(model: string): ImageModelV4;
  speech?(model: string): SpeechModelV4;
  transcribe?(model: string): TranscriptionModelV4;
  rerank?(model: string): RerankingModelV4;
}

/** How the models of a provider are listed: where, with which headers. Absent where the provider lists none. */
export interface Listing {
  path: string;
  headers(apiKey: string | undefined): Record<string, string>;
}

/** One provider's dialect: a row of this table is all that tells it from the others. */
export interface Family {
  readonly id: string;
  /** As a person knows it. */
  readonly title: string;
  /** Media a message may hold. */
  readonly takes: readonly MediaKind[];
  /** What the answer may hold besides text. */
  readonly gives: readonly 'image'[];
  /** What its package does for us besides chat. */
  readonly does: readonly Exclude<Capability, 'moderate'>[];
  /** The model to take for each of these where nobody named one. */
  readonly usual?: Partial<Record<Capability, string>> | undefined;
  readonly listing?: Listing | undefined;
  /** Parts of the connection's secret, where it has several, so that none of them stands in a message. */
  secretsOf?(apiKey: string): string[];
  /** Loads the package, on first use. */
  load(): Promise<(options: OpenOptions) => Sdk>;
  /** Headers only we can make, for example a token that has to be fetched; they come last. */
  headers?(options: Omit<OpenOptions, 'fetch'>, call: CallContext): Promise<Record<string, string>>;
  /** What only this provider is told of a request. */
  chatOptions?(request: ChatRequest): SharedV4ProviderOptions;
}

/** A bearer token in the usual header. */
export const bearer = (apiKey: string | undefined): Record<string, string> =>
  apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
