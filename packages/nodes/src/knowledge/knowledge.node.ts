import { defineNode, field, type Json, type Passage, textOf } from '@patchbay/node-kit';
import * as z from 'zod';

const config = z.strictObject({
  base: field.knowledge({ title: { en: 'Knowledge base', 'zh-Hans': '知识库' } }),
  count: field.number({ title: { en: 'Passages, at most', 'zh-Hans': '最多段落数' }, min: 1, max: 20 }, 5),
  minScore: field.number(
    {
      title: { en: 'Least score', 'zh-Hans': '最低得分' },
      help: {
        en: 'From 0 to 1. Passages scored lower are left out; try the base with questions to see its scores.',
        'zh-Hans': '0 到 1。得分更低的段落会被忽略；可先在知识库页面试问以了解得分。',
      },
      min: 0,
      max: 1,
      advanced: true,
    },
    0,
  ),
});

export const knowledgeNode = defineNode({
  type: 'knowledge',
  version: 1,
  category: 'ai',
  icon: 'book-open',
  words: {
    title: { en: 'Search knowledge', 'zh-Hans': '知识检索' },
    summary: {
      en: 'Finds the passages of your documents that answer a question, each with its source.',
      'zh-Hans': '从文档中找出能回答问题的段落，并注明出处。',
    },
    synonyms: [
      'RAG',
      'retrieval',
      'documents',
      'vector',
      'search',
      'source',
      'citation',
      'FAQ',
      '知识库',
      '检索',
      '文档',
      '资料',
      '引用',
      '向量',
    ],
  },
  config,
  ports: {
    inputs: [{ id: 'question', title: { en: 'Question', 'zh-Hans': '问题' }, type: 'text', required: true }],
    outputs: [
      { id: 'text', title: { en: 'Passages as text', 'zh-Hans': '段落文本' }, type: 'text' },
      { id: 'passages', title: { en: 'Passages', 'zh-Hans': '段落列表' }, type: 'data[]' },
    ],
  },
  essence: ({ count }, locale) => (locale === 'en' ? `up to ${count} passages` : `最多 ${count} 段`),
  repeatable: true,
  examples: [
    {
      name: { en: 'From a manual', 'zh-Hans': '查手册' },
      config: { count: 1 },
      inputs: { question: 'How often do I wash the filter?' },
      outputs: {
        text: '[1] Vacuum manual › Care\nWash the filter every month.',
        passages: [
          { number: 1, text: 'Wash the filter every month.', document: 'Vacuum manual', headings: ['Care'], page: null, score: 0.8 },
        ],
      },
    },
  ],
  async run({ config: { base, count, minScore }, inputs }, ctx) {
    const question = (await textOf(inputs['question'])).trim();
    if (question === '') return { text: '', passages: [] };
    const found = await ctx.knowledge.search({ base, question, count, minScore });
    return {
      text: found.map((passage, index) => `[${index + 1}] ${sourceOf(passage)}\n${passage.text}`).join('\n\n'),
      passages: found.map((passage, index): Json => ({ number: index + 1, ...passage })),
    };
  },
});

/** The document, its page and the headings above the passage: `manual.pdf · 3 › Care`. */
const sourceOf = ({ document, page, headings }: Passage): string =>
  [page === null ? document : `${document} · ${page}`, ...headings].join(' › ');
