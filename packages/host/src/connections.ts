import { createProvider, type FamilyId, type FamilySettings, type ModelProvider, type PriceOverrides } from '@patchbay/models';
import { cloudConnections } from './cloud-connections.ts';
import { createKeyRing, keysIn } from './key-ring.ts';
import { familyAt, type KnownProvider, known } from './known-providers.ts';
import { firstOf, type Read, readBaseUrl, reader } from './read-environment.ts';
import { shareKeys } from './shared-keys.ts';

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
  /** Origins the provider is reached at besides that of its base URL, for example where its tokens are had. */
  origins?: readonly string[] | undefined;
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
  const connections = [...known.flatMap((provider) => fromEnvironment(provider, read)), ...cloudConnections(read)];
  const ollama = read('OLLAMA_BASE_URL');
  const baseUrl = ollama === undefined ? ollamaUrl : readBaseUrl('OLLAMA_BASE_URL', ollama);
  return [...connections, { id: 'ollama', baseUrl, model: read('OLLAMA_MODEL'), privateAllowed: true, auto: false }];
}

function fromEnvironment(
  { id, family, keys, baseUrlName, models, path = '', shy = false, ...usual }: KnownProvider,
  read: Read,
): Connection[] {
  const apiKey = firstOf(keys, read);
  const given = read(baseUrlName);
  if (apiKey === undefined && given === undefined) return [];
  const address = given === undefined ? usual.baseUrl : readBaseUrl(baseUrlName, given);
  const own = new URL(address).origin === new URL(usual.baseUrl).origin;
  const model = firstOf(models, read);
  return [
    {
      id,
      // What else OpenAI does is not to be expected of every server that speaks its chat.
      family: family === 'openai' && !own ? 'openai-compatible' : family,
      baseUrl: address.endsWith(path) ? address : `${address}${path}`,
      apiKey,
      model: model ?? (own ? usual.model : undefined),
      privateAllowed: given !== undefined,
      tableProvider: own ? usual.tableProvider : undefined,
      auto: !shy || model !== undefined,
    },
  ];
}

/** The provider behind a connection; where it has several keys they share the load. */
export function providerOf(connection: Connection, prices: PriceOverrides | undefined): ModelProvider {
  const open = (apiKey: string | undefined): ModelProvider =>
    createProvider({
      family: connection.family ?? familyAt(connection.baseUrl),
      id: connection.id,
      baseUrl: connection.baseUrl,
      apiKey,
      settings: connection.settings,
      defaultModel: connection.model,
      tableProvider: connection.tableProvider,
      prices,
    });
  const keys = keysIn(connection.apiKey);
  const [first] = keys;
  return keys.length > 1 ? shareKeys(keys.map(open), createKeyRing(keys.length)) : open(first);
}
