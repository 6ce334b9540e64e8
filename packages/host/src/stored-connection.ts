import { cloudOf } from './clouds/clouds.ts';
import type { Connection } from './connections.ts';
import { type KnownProvider, known } from './known-providers.ts';

/** A connection somebody made in a workspace: its name there, and where its secret may go. */
export interface StoredConnection {
  /** What flows call it: the first part of `name/model`. */
  name: string;
  provider: string;
  /** Absent means the provider's own address. */
  baseUrl: string | undefined;
  apiKey: string | undefined;
  /** What a bare name means; absent means the usual one of the provider, else the first it lists. */
  model: string | undefined;
  /** Of clouds: where in the cloud. */
  region?: string | undefined;
}

/** Where providers with the OpenAI wire are reached, besides those that the environment knows. */
const compatible: Readonly<Record<string, { baseUrl: string; model: string | undefined }>> = {
  groq: { baseUrl: 'https://api.groq.com/openai/v1', model: undefined },
  openrouter: { baseUrl: 'https://openrouter.ai/api/v1', model: 'openrouter/auto' },
  xai: { baseUrl: 'https://api.x.ai/v1', model: undefined },
  ollama: { baseUrl: 'http://127.0.0.1:11434/v1', model: undefined },
};

/** Of what is known of a provider, all that a stored connection needs. */
type Usual = { baseUrl: string; model: string | undefined } & Partial<Pick<KnownProvider, 'family' | 'tableProvider' | 'path'>>;

function usualOf(provider: string): Usual | undefined {
  const other = Object.hasOwn(compatible, provider) ? compatible[provider] : undefined;
  return known.find(({ id }) => id === provider) ?? other;
}

/** The provider's own address, where it has one. */
export const addressOfProvider = (provider: string): string | undefined => usualOf(provider)?.baseUrl;

/**
 * The connection to call with, or undefined where neither it nor its provider has an address. Throws CloudFault where a
 * cloud misses a part.
 */
export function openStored({ name, provider, baseUrl, apiKey, model, region }: StoredConnection): Connection | undefined {
  const cloud = cloudOf(provider);
  if (cloud !== undefined) return cloud.connect({ id: name, baseUrl, apiKey, model, region });
  const usual = usualOf(provider);
  const given = baseUrl ?? usual?.baseUrl;
  if (given === undefined) return undefined;
  // As with the environment: what a provider's own clients leave out may be left out.
  const path = usual?.path ?? '';
  const address = given.endsWith(path) ? given : `${given}${path}`;
  const own = usual !== undefined && new URL(address).origin === new URL(usual.baseUrl).origin;
  return {
    id: name,
    baseUrl: address,
    // What else OpenAI does is not to be expected of every server that speaks its chat.
    family: usual?.family === 'openai' && !own ? 'openai-compatible' : usual?.family,
    apiKey,
    model: model ?? (own ? usual.model : undefined),
    // An address that a person wrote out may be inside our own network; so may Ollama's.
    privateAllowed: baseUrl !== undefined || provider === 'ollama',
    tableProvider: own ? usual.tableProvider : undefined,
    auto: true,
  };
}
