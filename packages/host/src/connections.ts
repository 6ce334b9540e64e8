import { createOpenAiCompatible, type ModelProvider, type PriceOverrides } from '@patchbay/models';
import { EnvironmentError } from './environment-error.ts';

/** A right to call one provider at one address. */
export interface Connection {
  /** The first part of `provider/model`. */
  id: string;
  baseUrl: string;
  apiKey?: string | undefined;
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

/** Providers by the environment variables their own clients read, in the order `auto` looks at them. */
const known = [
  { id: 'openai', prefix: 'OPENAI', baseUrl: 'https://api.openai.com/v1', model: 'gpt-4.1-mini', tableProvider: 'openai' },
  { id: 'deepseek', prefix: 'DEEPSEEK', baseUrl: 'https://api.deepseek.com/v1', model: 'deepseek-chat', tableProvider: 'deepseek' },
  { id: 'mistral', prefix: 'MISTRAL', baseUrl: 'https://api.mistral.ai/v1', model: 'mistral-small-latest', tableProvider: 'mistral' },
  {
    id: 'alibaba',
    prefix: 'DASHSCOPE',
    baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    model: 'qwen-plus',
    tableProvider: undefined,
  },
] as const;

const ollamaUrl = 'http://127.0.0.1:11434/v1';

/**
 * Connections that appear by themselves: `X_API_KEY`, `X_BASE_URL`, `X_MODEL`. A key is optional where a base URL is
 * given. Ollama can always be asked by name. Throws where a base URL is no http address.
 */
export function connectionsFromEnvironment(env: Environment): Connection[] {
  const read = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === undefined || value === '' ? undefined : value;
  };
  const connections = known.flatMap(({ id, prefix, ...usual }): Connection[] => {
    const apiKey = read(`${prefix}_API_KEY`);
    const given = read(`${prefix}_BASE_URL`);
    if (apiKey === undefined && given === undefined) return [];
    const baseUrl = given === undefined ? usual.baseUrl : readBaseUrl(`${prefix}_BASE_URL`, given);
    const own = new URL(baseUrl).origin === new URL(usual.baseUrl).origin;
    const model = read(`${prefix}_MODEL`) ?? (own ? usual.model : undefined);
    return [
      { id, baseUrl, apiKey, model, privateAllowed: given !== undefined, tableProvider: own ? usual.tableProvider : undefined, auto: true },
    ];
  });
  const ollama = read('OLLAMA_BASE_URL');
  const baseUrl = ollama === undefined ? ollamaUrl : readBaseUrl('OLLAMA_BASE_URL', ollama);
  return [...connections, { id: 'ollama', baseUrl, model: read('OLLAMA_MODEL'), privateAllowed: true, auto: false }];
}

function readBaseUrl(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new EnvironmentError(`${name} must be an http or https address without a user name, such as https://api.openai.com/v1.`);
  }
  return value.replace(/\/+$/, '');
}

export const providerOf = (connection: Connection, prices: PriceOverrides | undefined): ModelProvider =>
  createOpenAiCompatible({
    id: connection.id,
    baseUrl: connection.baseUrl,
    apiKey: connection.apiKey,
    defaultModel: connection.model,
    tableProvider: connection.tableProvider,
    prices,
  });
