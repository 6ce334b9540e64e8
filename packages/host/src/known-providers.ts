import type { FamilyId } from '@patchbay/models';

/** A provider that makes a connection by itself when its environment variables are set. */
export interface KnownProvider {
  /** Also the connection's name, the first part of `provider/model`. */
  id: string;
  family: FamilyId;
  /** Names of the key, the first one set wins. */
  keys: readonly string[];
  baseUrlName: string;
  /** Names of the model `auto` means. */
  models: readonly string[];
  baseUrl: string;
  model: string | undefined;
  /** The provider's id in the price table. */
  tableProvider: string | undefined;
  /** Its key is often there for something else: `auto` means it only where its model is named. */
  shy?: boolean;
  /** What the base URL must end in where the provider's own clients leave it out. */
  path?: string;
}

/** The usual three settings: `X_API_KEY`, `X_BASE_URL`, `X_MODEL`. */
const usual = (prefix: string) => ({ keys: [`${prefix}_API_KEY`], baseUrlName: `${prefix}_BASE_URL`, models: [`${prefix}_MODEL`] });

/** Providers by the environment variables their own clients read, in the order `auto` looks at them. */
export const known: readonly KnownProvider[] = [
  {
    ...usual('OPENAI'),
    id: 'openai',
    family: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    model: 'gpt-4.1-mini',
    tableProvider: 'openai',
  },
  {
    ...usual('ANTHROPIC'),
    id: 'anthropic',
    family: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    model: 'claude-haiku-4-5',
    tableProvider: 'anthropic',
    path: '/v1',
  },
  {
    id: 'google',
    family: 'google',
    // Not GOOGLE_API_KEY, which is often there for maps and the like.
    keys: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY'],
    baseUrlName: 'GEMINI_BASE_URL',
    models: ['GEMINI_MODEL'],
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    model: 'gemini-2.5-flash',
    tableProvider: 'google',
    path: '/v1beta',
  },
  {
    ...usual('DEEPSEEK'),
    id: 'deepseek',
    family: 'deepseek',
    baseUrl: 'https://api.deepseek.com/v1',
    model: 'deepseek-chat',
    tableProvider: 'deepseek',
  },
  {
    ...usual('MISTRAL'),
    id: 'mistral',
    family: 'mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    model: 'mistral-small-latest',
    tableProvider: 'mistral',
  },
  {
    ...usual('DASHSCOPE'),
    id: 'alibaba',
    family: 'alibaba',
    baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    model: 'qwen-plus',
    tableProvider: 'alibaba',
  },
  {
    id: 'huggingface',
    family: 'openai-compatible',
    keys: ['HF_TOKEN', 'HUGGINGFACE_API_KEY'],
    baseUrlName: 'HF_BASE_URL',
    models: ['HF_MODEL'],
    baseUrl: 'https://router.huggingface.co/v1',
    model: undefined,
    tableProvider: undefined,
    shy: true,
  },
];

/** The dialect spoken at an address that says nothing of it: that of the provider whose address it is. */
export function familyAt(baseUrl: string): FamilyId {
  const own = known.find((provider) => provider.baseUrl === baseUrl.replace(/\/+$/, ''));
  return own?.family ?? 'openai-compatible';
}
