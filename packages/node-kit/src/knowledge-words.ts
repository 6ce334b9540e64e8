import type { FailureWords } from './failure-words.ts';

/** Sentences of knowledge bases: documents that cannot be read, and bases that cannot be asked. */
export const knowledgeWords: Readonly<Record<string, FailureWords>> = {
  document_empty: {
    message: { en: 'There is no text in this document.', 'zh-Hans': '此文档中没有文本。' },
    fix: { en: 'A scanned document has to be turned into text first.', 'zh-Hans': '扫描件需要先转换为文本。' },
  },
  document_not_text: {
    message: { en: 'This file does not hold text that can be read.', 'zh-Hans': '此文件不含可读取的文本。' },
    fix: { en: 'Save it as text in UTF-8, or add it in another format.', 'zh-Hans': '请存为 UTF-8 文本，或换用其他格式。' },
  },
  document_too_long: {
    message: { en: 'The document has more than {limit} passages.', 'zh-Hans': '文档的段落超过 {limit} 个。' },
    fix: { en: 'Split it into several documents.', 'zh-Hans': '请拆分为多个文档。' },
  },
  knowledge_missing: {
    message: { en: 'There is no knowledge base “{base}” here.', 'zh-Hans': '此处没有知识库“{base}”。' },
    fix: { en: 'Choose another one in the settings of this step.', 'zh-Hans': '请在此步骤的设置中另选一个。' },
  },
  knowledge_not_here: {
    message: { en: 'No knowledge bases are kept here.', 'zh-Hans': '此处未保存任何知识库。' },
  },
};
