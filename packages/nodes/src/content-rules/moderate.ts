import type { ModelRequest, NodeContext, Words } from '@patchbay/node-kit';
import { askData } from '../model-call/ask-data.ts';
import { linesOf, materialOnly } from '../model-call/system-part.ts';

/** What a model can be asked to look for; the hint is for the model. */
export const topics = [
  { id: 'hate', title: { en: 'hate', 'zh-Hans': '仇恨' }, hint: 'hatred or contempt for a group of people' },
  { id: 'harassment', title: { en: 'harassment', 'zh-Hans': '骚扰辱骂' }, hint: 'insults, threats or bullying of a person' },
  { id: 'sexual', title: { en: 'sexual content', 'zh-Hans': '色情' }, hint: 'explicit sexual content' },
  { id: 'violence', title: { en: 'violence', 'zh-Hans': '暴力' }, hint: 'graphic violence or praise of it' },
  { id: 'self_harm', title: { en: 'self-harm', 'zh-Hans': '自残' }, hint: 'encouragement of or instructions for self-harm' },
  { id: 'illegal', title: { en: 'illegal acts', 'zh-Hans': '违法行为' }, hint: 'help with crimes, drugs, weapons or fraud' },
  { id: 'spam', title: { en: 'spam', 'zh-Hans': '垃圾广告' }, hint: 'advertising nobody asked for, scams' },
] as const satisfies readonly { id: string; title: Words; hint: string }[];
export type Topic = (typeof topics)[number]['id'];

interface Moderation {
  model: string;
  cacheMs: number | undefined;
  wanted: readonly Topic[];
  text: string;
}

/** The topics among the wanted ones that a model sees in a text. */
export async function moderate(ctx: NodeContext, asked: Moderation): Promise<Topic[]> {
  const data = await askData(ctx, request(asked));
  const said = Array.isArray(data['topics']) ? data['topics'] : [];
  return asked.wanted.filter((topic) => said.includes(topic));
}

function request({ model, cacheMs, wanted, text }: Moderation): ModelRequest {
  const labels = topics.filter(({ id }) => wanted.includes(id));
  const system = linesOf([
    'Say which of these the text of the user contains:',
    ...labels.map(({ id, hint }) => `- ${id}: ${hint}`),
    'Reporting, teaching and asking for help are none of them. Answer with JSON: {"topics": [names before the colons]}, empty if none.',
    materialOnly,
  ]);
  return {
    model,
    temperature: 0,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: text },
    ],
    schema: {
      type: 'object',
      properties: { topics: { type: 'array', items: { type: 'string', enum: labels.map(({ id }) => id) } } },
      required: ['topics'],
      additionalProperties: false,
    },
    cacheMs,
    task: { kind: 'moderate', text, topics: [...wanted] },
  };
}
