import { type BiasFinding, findBias, replaceBias } from '@patchbay/guard';
import { defineNode, field, type Json, type Locale, type ModelRequest, type NodeContext, textOf, type Words } from '@patchbay/node-kit';
import * as z from 'zod';
import { quoteFinder } from '../answer/quotes.ts';
import { askData } from '../model-call/ask-data.ts';
import { cacheField, cacheTime, instructionsField, modelField } from '../model-call/fields.ts';
import { linesOf, materialOnly } from '../model-call/system-part.ts';

const config = z.strictObject({
  useModel: field.toggle(
    {
      title: { en: 'Ask a model as well', 'zh-Hans': '同时询问模型' },
      help: {
        en: 'Rules know set phrases. A model also understands the sentence, and writes the text anew.',
        'zh-Hans': '规则只识别固定表达。模型能理解语句，并给出改写。',
      },
    },
    true,
  ),
  model: modelField,
  instructions: instructionsField,
  cache: cacheField,
});
type Config = z.output<typeof config>;

const reasons: Record<BiasFinding['reason'], Words> = {
  generalises: { en: 'Says of a whole group what holds for some at most.', 'zh-Hans': '把个别情况推及整个群体。' },
  excludes: { en: 'Leaves people out who could be meant.', 'zh-Hans': '把本应包括的人排除在外。' },
  demeans: { en: 'Makes people small for what they are.', 'zh-Hans': '因其身份而贬低他人。' },
};

export const biasCheckNode = defineNode({
  type: 'bias_check',
  version: 1,
  category: 'safety',
  icon: 'scale',
  words: {
    title: { en: 'Bias check', 'zh-Hans': '偏见检查' },
    summary: {
      en: 'Flags language that stereotypes people, says why, and offers other words.',
      'zh-Hans': '标出带有刻板印象的语言，说明原因，并给出替代表达。',
    },
    synonyms: ['stereotype', 'inclusive', 'fairness', 'gender', 'discrimination', '歧视', '刻板印象', '包容', '公平', '性别'],
  },
  config,
  ports: {
    inputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true }],
    outputs: [
      { id: 'clean', title: { en: 'Nothing found', 'zh-Hans': '未发现' }, type: 'text', way: 'one' },
      { id: 'flagged', title: { en: 'Flagged', 'zh-Hans': '已标记' }, type: 'text', way: 'one' },
      { id: 'rewrite', title: { en: 'In other words', 'zh-Hans': '替代表达' }, type: 'text' },
      { id: 'findings', title: { en: 'Findings', 'zh-Hans': '发现' }, type: 'data[]' },
    ],
  },
  repeatable: true,
  examples: [
    {
      name: { en: 'An advertisement for a job', 'zh-Hans': '招聘广告' },
      config: { model: 'demo/auto' },
      inputs: { text: 'We look for salesmen.' },
      outputs: {
        flagged: 'We look for salesmen.',
        rewrite: 'We look for sales staff.',
        findings: [{ quote: 'salesmen', group: 'gender', reason: 'Leaves people out who could be meant.', by: 'rule' }],
      },
    },
    {
      name: { en: 'Nothing to find', 'zh-Hans': '没有问题' },
      config: { useModel: false },
      inputs: { text: 'We look for sales staff.' },
      outputs: { clean: 'We look for sales staff.', findings: [] },
    },
  ],
  async run({ config: settings, inputs }, ctx) {
    const text = await textOf(inputs['text']);
    const ruled = findBias(text);
    const read = settings.useModel && text.trim() !== '' ? await askModel(ctx, settings, text) : { findings: [], rewrite: '' };
    const known = new Set(ruled.map(({ quote }) => quote.toLowerCase()));
    const findings = [
      ...ruled.map((finding) => told(finding, ctx.locale)),
      ...read.findings.filter(({ quote }) => !known.has(quote.toLowerCase())),
    ];
    if (findings.length === 0) return { clean: text, findings };
    const rewrite = read.rewrite === '' ? replaceBias(text, ruled) : replaceBias(read.rewrite, findBias(read.rewrite));
    return { flagged: text, rewrite, findings };
  },
});

type Told = { quote: string; group: string; reason: string; by: string };

const told = ({ quote, group, reason }: BiasFinding, locale: Locale): Told => ({
  quote: quote.trim(),
  group,
  reason: reasons[reason][locale],
  by: 'rule',
});

const groups = ['gender', 'age', 'origin', 'disability', 'religion', 'role'];

/** What a model finds counts only where it quotes the text. */
async function askModel(ctx: NodeContext, settings: Config, text: string): Promise<{ findings: Told[]; rewrite: string }> {
  const data = await askData(ctx, request(settings, text, ctx.locale));
  const find = quoteFinder(text);
  const said = Array.isArray(data['findings']) ? data['findings'] : [];
  const findings = said.flatMap((item: Json): Told[] => {
    const { quote, group, reason } = typeof item === 'object' && item !== null && !Array.isArray(item) ? item : {};
    const passage = typeof quote === 'string' ? find(quote) : undefined;
    if (passage === undefined) return [];
    return [
      {
        quote: passage,
        group: groups.includes(String(group)) ? String(group) : 'role',
        reason: typeof reason === 'string' ? reason : '',
        by: 'model',
      },
    ];
  });
  return { findings, rewrite: typeof data['rewrite'] === 'string' ? data['rewrite'].trim() : '' };
}

function request({ model, instructions, cache }: Config, text: string, locale: Locale): ModelRequest {
  const system = linesOf([
    'Find wording in the text of the user that stereotypes, excludes or demeans people for gender, age, origin, disability, religion or role.',
    'Quote each word for word and say why in one sentence. Facts, quotations of others and criticism of bias are not bias. If there is none, findings is empty and rewrite too.',
    `rewrite is the whole text in fair words with the same meaning, in its own language. Reasons in ${locale === 'en' ? 'English' : 'Simplified Chinese'}.`,
    'Answer with JSON: {"findings": [{"quote", "group", "reason"}], "rewrite": text}.',
    materialOnly,
    instructions,
  ]);
  const finding = {
    type: 'object',
    properties: { quote: { type: 'string' }, group: { type: 'string', enum: groups }, reason: { type: 'string' } },
    required: ['quote', 'group', 'reason'],
    additionalProperties: false,
  };
  return {
    model,
    temperature: 0,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: text },
    ],
    schema: {
      type: 'object',
      properties: { findings: { type: 'array', items: finding }, rewrite: { type: 'string' } },
      required: ['findings', 'rewrite'],
      additionalProperties: false,
    },
    cacheMs: cacheTime(cache),
    task: { kind: 'bias', text },
  };
}
