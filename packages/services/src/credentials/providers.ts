import type { Words } from '@patchbay/flow';
import type { KeyForm, ProviderPart } from '../resources.ts';
import { cloudCards } from './cloud-cards.ts';

/** A provider as a person meets it. Where it is reached is known to the host. */
export interface ProviderCard {
  id: string;
  title: Words;
  /** How its keys begin. Several providers may share a beginning; the longest that fits says most. */
  keyPrefixes: readonly string[];
  /** Where a person gets a key. */
  keyUrl: string | null;
  needsKey: boolean;
  /** It has no address of its own. */
  needsBaseUrl: boolean;
  /** How its key is entered; absent means as one line. */
  keyForm?: KeyForm;
  /** What is asked for in its own words, in this order; without it a key and, if need be, an address. */
  fields?: readonly CardField[];
}

export interface CardField {
  part: ProviderPart;
  title: Words;
  help: Words;
  /** The same in every language. */
  example: string;
  required: boolean;
}

const same = (name: string): Words => ({ en: name, 'zh-Hans': name });
const usual = { needsKey: true, needsBaseUrl: false };

/** In the order in which they are offered. */
export const providerCards: readonly ProviderCard[] = [
  {
    id: 'openai',
    title: same('OpenAI'),
    keyPrefixes: ['sk-', 'sk-proj-', 'sk-svcacct-'],
    keyUrl: 'https://platform.openai.com/api-keys',
    ...usual,
  },
  { id: 'anthropic', title: same('Anthropic'), keyPrefixes: ['sk-ant-'], keyUrl: 'https://console.anthropic.com/settings/keys', ...usual },
  { id: 'google', title: same('Google AI Studio'), keyPrefixes: ['AIza'], keyUrl: 'https://aistudio.google.com/apikey', ...usual },
  { id: 'deepseek', title: same('DeepSeek'), keyPrefixes: ['sk-'], keyUrl: 'https://platform.deepseek.com/api_keys', ...usual },
  {
    id: 'alibaba',
    title: { en: 'Alibaba Cloud (Qwen)', 'zh-Hans': '阿里云百炼（通义千问）' },
    keyPrefixes: ['sk-'],
    keyUrl: 'https://bailian.console.aliyun.com/?tab=model#/api-key',
    ...usual,
  },
  { id: 'mistral', title: same('Mistral'), keyPrefixes: [], keyUrl: 'https://console.mistral.ai/api-keys', ...usual },
  { id: 'groq', title: same('Groq'), keyPrefixes: ['gsk_'], keyUrl: 'https://console.groq.com/keys', ...usual },
  { id: 'huggingface', title: same('Hugging Face'), keyPrefixes: ['hf_'], keyUrl: 'https://huggingface.co/settings/tokens', ...usual },
  { id: 'openrouter', title: same('OpenRouter'), keyPrefixes: ['sk-or-'], keyUrl: 'https://openrouter.ai/settings/keys', ...usual },
  { id: 'xai', title: same('xAI'), keyPrefixes: ['xai-'], keyUrl: 'https://console.x.ai', ...usual },
  ...cloudCards,
  { id: 'ollama', title: same('Ollama'), keyPrefixes: [], keyUrl: null, needsKey: false, needsBaseUrl: false },
  {
    id: 'custom',
    title: { en: 'Other server with the OpenAI API', 'zh-Hans': '其他兼容 OpenAI 接口的服务器' },
    keyPrefixes: [],
    keyUrl: null,
    needsKey: false,
    needsBaseUrl: true,
  },
];

export const cardOf = (provider: string | null): ProviderCard | undefined => providerCards.find(({ id }) => id === provider);

/** What the card of a provider asks for in its own words, of that part. */
export const partOf = (provider: string | null, part: ProviderPart): CardField | undefined =>
  cardOf(provider)?.fields?.find((field) => field.part === part);
