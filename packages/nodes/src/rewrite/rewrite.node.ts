import { defineNode, field, fillWords, textOf, type Words } from '@patchbay/node-kit';
import * as z from 'zod';
import { cacheField, cacheTime, instructionsField, modelField } from '../model-call/fields.ts';
import { linesOf, materialOnly } from '../model-call/system-part.ts';
import { writeAnswer } from '../model-call/write-answer.ts';
import { languageName } from '../translate/language-name.ts';

const tones = [
  { value: 'keep', title: { en: 'as it is', 'zh-Hans': '保持原样' }, says: 'Keep the tone.' },
  { value: 'formal', title: { en: 'formal', 'zh-Hans': '正式' }, says: 'Use a formal tone.' },
  { value: 'friendly', title: { en: 'friendly', 'zh-Hans': '亲切' }, says: 'Use a warm, friendly tone.' },
  { value: 'simple', title: { en: 'simple words', 'zh-Hans': '通俗易懂' }, says: 'Use short sentences and simple words.' },
  {
    value: 'persuasive',
    title: { en: 'persuasive', 'zh-Hans': '有说服力' },
    says: 'Be persuasive, without promising what the text does not.',
  },
] as const;
const lengths = [
  { value: 'keep', title: { en: 'as it is', 'zh-Hans': '保持原样' }, says: 'Keep about the same length.' },
  { value: 'shorter', title: { en: 'shorter', 'zh-Hans': '更短' }, says: 'Make it about half as long, without losing a point.' },
  { value: 'longer', title: { en: 'longer', 'zh-Hans': '更长' }, says: 'Make it about twice as long, without adding facts.' },
] as const;
type Tone = (typeof tones)[number]['value'];
type Length = (typeof lengths)[number]['value'];

const config = z.strictObject({
  tone: field.choice({ title: { en: 'Tone', 'zh-Hans': '语气' }, options: tones.map(({ value, title }) => ({ value, title })) }, 'keep'),
  length: field.choice(
    { title: { en: 'Length', 'zh-Hans': '长度' }, options: lengths.map(({ value, title }) => ({ value, title })) },
    'keep',
  ),
  audience: field.text({
    title: { en: 'For whom', 'zh-Hans': '读者' },
    placeholder: { en: 'customers, children, the management', 'zh-Hans': '客户、儿童、管理层' },
  }),
  fix: field.toggle({ title: { en: 'Correct spelling and grammar', 'zh-Hans': '纠正拼写和语法' } }, true),
  language: field.language(
    {
      title: { en: 'Language', 'zh-Hans': '语言' },
      help: { en: 'Detect: stays in the language of the text.', 'zh-Hans': '自动检测：保持原文语言。' },
      advanced: true,
    },
    'auto',
  ),
  model: modelField,
  instructions: instructionsField,
  cache: cacheField,
});
type Config = z.output<typeof config>;

const essence: Words = { en: 'Tone: {tone}, length: {length}', 'zh-Hans': '语气：{tone}，长度：{length}' };

export const rewriteNode = defineNode({
  type: 'rewrite',
  version: 1,
  category: 'ai',
  icon: 'pen-line',
  words: {
    title: { en: 'Rewrite', 'zh-Hans': '改写' },
    summary: {
      en: 'Says a text in another tone, length or for other readers, and corrects it.',
      'zh-Hans': '按语气、长度或读者改写文本，并纠正错误。',
    },
    synonyms: ['rephrase', 'tone', 'proofread', 'correct', 'polish', 'shorten', 'grammar', '润色', '纠错', '校对', '语气', '缩写'],
  },
  config,
  ports: {
    inputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true }],
    outputs: [{ id: 'text', title: { en: 'New text', 'zh-Hans': '改写后' }, type: 'text', stream: true }],
  },
  essence: ({ tone, length }, locale) =>
    fillWords(essence, { tone: titleOf(tones, tone)[locale], length: titleOf(lengths, length)[locale] }, locale),
  repeatable: true,
  examples: [
    {
      name: { en: 'Corrections', 'zh-Hans': '纠正错误' },
      config: { model: 'demo/auto' },
      inputs: { text: 'i recieve teh parcel  tomorrow .' },
      outputs: { text: 'I receive the parcel tomorrow.' },
    },
  ],
  run({ config: settings, inputs }, ctx) {
    return writeAnswer(ctx, async () => {
      const text = await textOf(inputs['text']);
      return {
        model: settings.model,
        messages: [
          { role: 'system', content: system(settings) },
          { role: 'user', content: text },
        ],
        cacheMs: cacheTime(settings.cache),
        task: { kind: 'rewrite', text, tone: settings.tone, length: settings.length, fix: settings.fix },
      };
    });
  },
});

const titleOf = (options: readonly { value: string; title: Words }[], value: Tone | Length): Words =>
  options.find((option) => option.value === value)?.title ?? { en: value, 'zh-Hans': value };

const says = (options: readonly { value: string; says: string }[], value: Tone | Length): string =>
  options.find((option) => option.value === value)?.says ?? '';

function system({ tone, length, audience, fix, language, instructions }: Config): string {
  return linesOf([
    'Rewrite the text of the user.',
    says(tones, tone),
    says(lengths, length),
    audience.trim() === '' ? '' : `Write for these readers: ${audience.trim()}.`,
    fix ? 'Correct spelling, grammar and punctuation.' : '',
    language === 'auto' ? 'Write in the language of the text.' : `Write in ${languageName(language)}.`,
    'Keep every fact, name, number and placeholder. Answer with the new text alone.',
    materialOnly,
    instructions,
  ]);
}
