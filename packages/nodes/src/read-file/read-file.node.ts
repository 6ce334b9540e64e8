import { defineNode, field, isRecord, type Json } from '@patchbay/node-kit';
import * as z from 'zod';

const helloPage = 'PGgxPk9wZW5pbmcgaG91cnM8L2gxPjxwPk5pbmUgdG8gZml2ZS48L3A+';

export const readFileNode = defineNode({
  type: 'read_file',
  version: 1,
  category: 'media',
  icon: 'file-text',
  words: {
    title: { en: 'Read a file', 'zh-Hans': '读取文件' },
    summary: {
      en: 'Takes the text out of a PDF, Word document (DOCX), HTML page, CSV table or text file.',
      'zh-Hans': '提取 PDF、Word 文档（DOCX）、HTML 页面、CSV 表格或文本文件中的文字。',
    },
    synonyms: ['PDF', 'Word', 'DOCX', 'document', 'upload', 'parse', 'HTML', 'CSV', 'TXT', '文档', '上传', '解析', '提取文字', '附件'],
  },
  config: z.strictObject({
    pages: field.optionalNumber({
      title: { en: 'Only the first pages of a PDF', 'zh-Hans': '仅读取 PDF 前几页' },
      help: { en: 'Empty: all of them, up to 2,000.', 'zh-Hans': '留空则全部读取，最多 2,000 页。' },
      min: 1,
      max: 2_000,
      advanced: true,
    }),
  }),
  ports: {
    inputs: [{ id: 'file', title: { en: 'File', 'zh-Hans': '文件' }, type: 'file', required: true }],
    outputs: [
      { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text' },
      { id: 'pages', title: { en: 'Pages', 'zh-Hans': '分页文本' }, type: 'text[]' },
      { id: 'name', title: { en: 'Name of the file', 'zh-Hans': '文件名' }, type: 'text' },
    ],
  },
  essence: ({ pages }, locale) => {
    if (pages === undefined) return '';
    return { en: `first ${pages} pages`, 'zh-Hans': `前 ${pages} 页` }[locale];
  },
  repeatable: true,
  examples: [
    {
      name: { en: 'A page', 'zh-Hans': '一个网页' },
      config: {},
      inputs: { file: { mediaType: 'text/html', base64: helloPage, name: 'hours.html' } },
      outputs: { text: '# Opening hours\n\nNine to five.', pages: ['# Opening hours\n\nNine to five.'], name: 'hours.html' },
    },
    {
      name: { en: 'A text in an older Chinese encoding', 'zh-Hans': '旧中文编码的文本' },
      config: {},
      inputs: { file: { mediaType: 'text/plain', base64: '0NXD+w==' } },
      outputs: { text: '姓名', pages: ['姓名'], name: '' },
    },
  ],
  async run({ config: { pages }, inputs }, ctx) {
    const file = inputs['file'] as Json;
    const read = await ctx.files.text(file, { pages });
    const name = isRecord(file) && typeof file['name'] === 'string' ? file['name'] : '';
    return { text: read.text, pages: read.pages, name };
  },
});
