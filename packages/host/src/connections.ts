import { createProvider, type FamilyId, type FamilySettings, type ModelProvider, type PriceOverrides } from '@patchbay/models';
import { EnvironmentError } from './environment-error.ts';
import { familyAt, type KnownProvider, known } from './known-providers.ts';

export { known } from './known-providers.ts';

/** A right to call one provider at one address. */
export interface Connection {
  /** The first part of `provider/model`. */
  id: string;
  baseUrl: string;
  /** The dialect; absent means that of the provider whose address it is, else OpenAI's. */
  family?: FamilyId | undefined;
  apiKey?: string | undefined;
  /** A region, a project and the like. Nothing secret: the secret is `apiKey` as a whole. */
  settings?: FamilySettings | undefined;
  /** What `auto` and a bare provider name mean; absent means the first model the provider lists. */
  model?: string | undefined;
  /** The base URL was named by who runs this program, so it may be inside our own network. */
  privateAllowed: boolean;
  /** The provider's id in the price table, where its own address is used. */
  tableProvider?: string | undefined;
  /** False for what is never chosen unasked. */
  auto: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const ollamaUrl = 'http://127.0.0.1:11434/v1';

/**
 * Connections that appear by themselves: `X_API_KEY`, `X_BASE_URL`, `X_MODEL`. A key is optional where a base URL is
 * given. Ollama can always be asked by name. Throws where a base URL is no http address.
 */
export function connectionsFromEnvironment(env: Environment): Connection[] {
  const read = reader(env);
  const connections = known.flatMap((provider) => fromEnvironment(provider, read));
  const ollama = read('OLLAMA_BASE_URL');
  const baseUrl = ollama === undefined ? ollamaUrl : readBaseUrl('OLLAMA_BASE_URL', ollama);
  return [...connections, { id: 'ollama', baseUrl, model: read('OLLAMA_MODEL'), privateAllowed: true, auto: false }];
}

type Read = (name: string) => string | undefined;

const reader =
  (env: Environment): Read =>
  (name) => {
    const value = env[name]?.trim();
    return value === undefined || value === '' ? undefined : value;
  };

const firstOf = (names: readonly string[], read: Read): string | undefined => names.map(read).find((value) => value !== undefined);

function fromEnvironment({ id, family, keys, baseUrlName, models, path = '', ...usual }: KnownProvider, read: Read): Connection[] {
  const apiKey = firstOf(keys, read);
  const given = read(baseUrlName);
  if (apiKey === undefined && given === undefined) return [];
  const address = given === undefined ? usual.baseUrl : readBaseUrl(baseUrlName, given);
  const own = new URL(address).origin === new URL(usual.baseUrl).origin;
  return [
    {
      id,
      family,
      baseUrl: address.endsWith(path) ? address : `${address}${path}`,
      apiKey,
      model: firstOf(models, read) ?? (own ? usual.model : undefined),
      privateAllowed: given !== undefined,
      tableProvider: own ? usual.tableProvider : undefined,
      auto: true,
    },
  ];
}

function readBaseUrl(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new EnvironmentError(`${name} must be an http or https address without a user name, such as https://api.openai.com/v1.`);
  }
  return value.replace(/\/+$/, '');
}

export const providerOf = (connection: Connection, prices: PriceOverrides | undefined): ModelProvider =>
  createProvider({
    family: connection.family ?? familyAt(connection.baseUrl),
    settings: connection.settings,
    id: connection.id,
    baseUrl: connection.baseUrl,
    apiKey: connection.apiKey,
    defaultModel: connection.model,
    tableProvider: connection.tableProvider,
    prices,
  });
