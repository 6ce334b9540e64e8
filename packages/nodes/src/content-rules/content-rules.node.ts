import { findWords, starWords } from '@patchbay/guard';
import { defineNode, field, fillWords, textOf, type Words } from '@patchbay/node-kit';
import * as z from 'zod';
import { cacheField, cacheTime, modelField } from '../model-call/fields.ts';
import { moderate, type Topic, topics } from './moderate.ts';

const toggle = (topic: Topic) =>
  field.toggle(
    { title: topics.find(({ id }) => id === topic)?.title ?? { en: topic, 'zh-Hans': topic }, showIf: { field: 'useModel', in: [true] } },
    topic !== 'spam',
  );

const config = z.strictObject({
  words: field.longText({
    title: { en: 'Words to stop', 'zh-Hans': '拦截词' },
    help: {
      en: 'One a line. Capitals, accents, invisible signs, figures for letters and signs between Chinese characters make no difference.',
      'zh-Hans': '每行一个。大小写、重音、隐形字符、数字代替字母以及汉字间夹杂的符号都不影响识别。',
    },
    chips: false,
  }),
  exceptions: field.longText({
    title: { en: 'Never stop', 'zh-Hans': '例外词' },
    help: { en: 'One a line: what may stand although a word of the list is in it.', 'zh-Hans': '每行一个：含有拦截词但允许出现的词语。' },
    chips: false,
    advanced: true,
  }),
  found: field.choice(
    {
      title: { en: 'A word of the list is found', 'zh-Hans': '发现拦截词时' },
      options: [
        { value: 'block', title: { en: 'stop the text', 'zh-Hans': '拦截文本' } },
        { value: 'stars', title: { en: 'put stars in its place', 'zh-Hans': '替换为星号' } },
      ],
    },
    'block',
  ),
  useModel: field.toggle(
    {
      title: { en: 'Ask a model as well', 'zh-Hans': '同时询问模型' },
      help: { en: 'The model reads the text for the topics below.', 'zh-Hans': '由模型检查文本是否涉及以下内容。' },
    },
    false,
  ),
  hate: toggle('hate'),
  harassment: toggle('harassment'),
  sexual: toggle('sexual'),
  violence: toggle('violence'),
  self_harm: toggle('self_harm'),
  illegal: toggle('illegal'),
  spam: toggle('spam'),
  model: modelField,
  cache: cacheField,
});
type Config = z.output<typeof config>;

const essence: Words = { en: 'Words: {count}', 'zh-Hans': '{count} 个词' };

export const contentRulesNode = defineNode({
  type: 'content_rules',
  version: 1,
  category: 'safety',
  icon: 'shield-check',
  words: {
    title: { en: 'Content rules', 'zh-Hans': '内容规则' },
    summary: {
      en: 'Lets a text pass or stops it, by lists of words and, if wanted, a model. For what comes in and what goes out.',
      'zh-Hans': '按词表并可结合模型，放行或拦截文本。可用于输入，也可用于输出。',
    },
    synonyms: ['moderation', 'profanity', 'block', 'filter', 'blacklist', 'toxic', '审核', '敏感词', '屏蔽', '脏话', '违禁'],
  },
  config,
  ports: {
    inputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true }],
    outputs: [
      { id: 'allow', title: { en: 'May pass', 'zh-Hans': '放行' }, type: 'text', way: 'one' },
      { id: 'block', title: { en: 'Stopped', 'zh-Hans': '拦截' }, type: 'text', way: 'one' },
      { id: 'reasons', title: { en: 'Reasons', 'zh-Hans': '原因' }, type: 'text[]' },
    ],
  },
  essence: ({ words }, locale) => fillWords(essence, { count: linesOfList(words).length }, locale),
  repeatable: true,
  examples: [
    {
      name: { en: 'A word of the list, written otherwise', 'zh-Hans': '变形书写的拦截词' },
      config: { words: 'idiot\n笨蛋' },
      inputs: { text: 'What an Id1ot!' },
      outputs: { block: 'What an Id1ot!', reasons: ['idiot'] },
    },
    {
      name: { en: 'Stars', 'zh-Hans': '星号' },
      config: { words: 'idiot\n笨蛋', found: 'stars' },
      inputs: { text: '你这笨 蛋' },
      outputs: { allow: '你这***', reasons: ['笨蛋'] },
    },
    {
      name: { en: 'With a model', 'zh-Hans': '结合模型' },
      config: { useModel: true, model: 'demo/auto' },
      inputs: { text: 'Good morning.' },
      outputs: { allow: 'Good morning.', reasons: [] },
    },
  ],
  async run({ config: settings, inputs }, ctx) {
    const text = await textOf(inputs['text']);
    const hits = findWords(text, linesOfList(settings.words), linesOfList(settings.exceptions));
    const words = [...new Set(hits.map(({ word }) => word))];
    // What a list stops needs no model any more.
    if (words.length > 0 && settings.found === 'block') return { block: text, reasons: words };
    const wanted = topics.map(({ id }) => id).filter((id) => settings[id]);
    const asks = settings.useModel && wanted.length > 0 && text.trim() !== '';
    const seen = asks ? await moderate(ctx, { model: settings.model, cacheMs: cacheTime(settings.cache), wanted, text }) : [];
    if (seen.length > 0) return { block: text, reasons: [...words, ...seen] };
    return { allow: starWords(text, hits), reasons: words };
  },
});

const linesOfList = (list: Config['words']): string[] =>
  list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
