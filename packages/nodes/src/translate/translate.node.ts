import { defineNode, field, type NodeContext, type Outputs, type PortChunk, textOf } from '@patchbay/node-kit';
import * as z from 'zod';
import { instructionsField, modelField } from '../model-call/fields.ts';
import { detectLanguage, isSameLanguage } from './detect-language.ts';
import { languageName } from './language-name.ts';
import type { Manner } from './request.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { hasWords } from './spans.ts';
import { batchesOf, createTranslator, needsCheck } from './translator.ts';

const term = z.strictObject({
  term: field.plain({ title: { en: 'Word in the text', 'zh-Hans': '原文词语' }, placeholder: { en: 'basket', 'zh-Hans': 'basket' } }),
  translation: field.plain({ title: { en: 'Translation', 'zh-Hans': '译法' }, placeholder: { en: 'Warenkorb', 'zh-Hans': '购物车' } }),
  matchCase: field.toggle({ title: { en: 'Only with these capital letters', 'zh-Hans': '区分大小写' }, advanced: true }, false),
});

const config = z.strictObject({
  target: field.language({ title: { en: 'Into', 'zh-Hans': '译成' } }, 'en'),
  source: field.language({ title: { en: 'From', 'zh-Hans': '原文语言' }, advanced: true }, 'auto'),
  tone: field.choice(
    {
      title: { en: 'Tone', 'zh-Hans': '语气' },
      options: [
        { value: 'keep', title: { en: 'As it is', 'zh-Hans': '保持原样' } },
        { value: 'formal', title: { en: 'Formal', 'zh-Hans': '正式' } },
        { value: 'friendly', title: { en: 'Friendly', 'zh-Hans': '亲切' } },
      ],
    },
    'keep',
  ),
  glossary: field.list(
    {
      title: { en: 'Glossary', 'zh-Hans': '术语表' },
      help: {
        en: 'How these words are to be translated. An answer that does otherwise is asked for again, then refused.',
        'zh-Hans': '指定这些词语的译法。译文未采用时会重试一次，仍不符合则拒绝。',
      },
      add: { en: 'Add a word', 'zh-Hans': '添加词语' },
    },
    term,
    [],
  ),
  model: modelField,
  segments: field.choice(
    {
      title: { en: 'Remember by', 'zh-Hans': '记忆单位' },
      help: {
        en: 'A piece that was translated before in the same way costs nothing.',
        'zh-Hans': '以相同方式翻译过的片段不再产生费用。',
      },
      options: [
        { value: 'paragraph', title: { en: 'paragraph', 'zh-Hans': '段落' } },
        { value: 'line', title: { en: 'line', 'zh-Hans': '行' } },
      ],
      advanced: true,
    },
    'paragraph',
  ),
  instructions: instructionsField,
});
type Config = z.output<typeof config>;

export const translateNode = defineNode({
  type: 'translate',
  version: 1,
  category: 'ai',
  icon: 'languages',
  words: {
    title: { en: 'Translate', 'zh-Hans': '翻译' },
    summary: {
      en: 'Puts a text into another language. Placeholders, tags, code and addresses stay as they are.',
      'zh-Hans': '把文本译成另一种语言，占位符、标签、代码和网址保持原样。',
    },
    synonyms: ['language', 'English', 'Chinese', 'localise', 'localize', 'i18n', 'glossary', '语言', '英文', '中文', '本地化', '术语'],
  },
  config,
  ports: {
    inputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true }],
    outputs: [
      { id: 'text', title: { en: 'Translation', 'zh-Hans': '译文' }, type: 'text', stream: true },
      { id: 'language', title: { en: 'Language of the text', 'zh-Hans': '原文语言' }, type: 'text' },
    ],
  },
  essence: ({ source, target }, locale) =>
    `${source === 'auto' ? '' : `${languageName(source, locale)} `}→ ${languageName(target, locale)}`,
  repeatable: true,
  examples: [
    {
      name: { en: 'A question into Chinese', 'zh-Hans': '把问题译成中文' },
      config: { model: 'demo/auto', target: 'zh-Hans' },
      inputs: { text: 'Where is my order?' },
      outputs: { text: '我的订单在哪里？', language: 'en' },
    },
    {
      name: { en: 'A text that is in the language already', 'zh-Hans': '原文已是目标语言' },
      config: { model: 'demo/auto', target: 'en' },
      inputs: { text: 'Where is the key of my room?' },
      outputs: { text: 'Where is the key of my room?', language: 'en' },
    },
  ],
  run({ config: settings, inputs }, ctx) {
    const pieces = translated(settings, ctx, async () => textOf(inputs['text']));
    return ctx.models.whole === true ? atOnce(pieces) : pieces;
  },
});

/** Where nobody reads along, a failure in the middle can still be tried again. */
async function atOnce(pieces: AsyncGenerator<PortChunk, Outputs>): Promise<Outputs> {
  let text = '';
  let step = await pieces.next();
  for (; step.done !== true; step = await pieces.next()) text += step.value.text;
  return { text, ...step.value };
}

async function* translated(settings: Config, ctx: NodeContext, read: () => Promise<string>): AsyncGenerator<PortChunk, Outputs> {
  const text = await read();
  const { target, model, tone, instructions, glossary } = settings;
  const source = settings.source === 'auto' ? await detectLanguage(text) : settings.source;
  const outputs: Outputs = { language: source ?? null };
  if (source !== undefined && isSameLanguage(source, target)) return { text, ...outputs };
  const manner: Manner = { model, target, source: settings.source === 'auto' ? undefined : source, tone, instructions, glossary };
  const { segments, tail } = segmentsOf(text, settings.segments);
  if (!segments.some(({ core }) => hasWords(core))) return { text, ...outputs };
  for await (const piece of piecesOf(segments, manner, settings, ctx)) if (piece !== '') yield { port: 'text', text: piece };
  if (tail !== '') yield { port: 'text', text: tail };
  return outputs;
}

/** The translation from left to right: as the model writes where nothing has to be looked at first, else batch by batch. */
async function* piecesOf(segments: readonly Segment[], manner: Manner, { segments: by }: Config, ctx: NodeContext): AsyncGenerator<string> {
  const translator = createTranslator(ctx, manner, by);
  const distinct = new Map(segments.filter(({ core }) => hasWords(core)).map((segment) => [segment.core, segment]));
  const done = await translator.recall([...distinct.keys()]);
  const wanted = [...distinct.values()].filter(({ core }) => !done.has(core));
  const isPlain = wanted.length === segments.length && wanted.every(({ core }) => !needsCheck(core, manner));
  if (isPlain) {
    for (const batch of batchesOf(wanted)) {
      yield batch[0]?.gap ?? '';
      yield* translator.write(batch);
    }
    return;
  }
  let shown = 0;
  for (const batch of [[], ...batchesOf(wanted)]) {
    if (batch.length > 0) for (const [core, answer] of await translator.translate(batch)) done.set(core, answer);
    for (; shown < segments.length; shown += 1) {
      const { gap, core } = segments[shown] as Segment;
      if (distinct.has(core) && !done.has(core)) break;
      yield gap + (done.get(core) ?? core);
    }
  }
}
