import { defineWords } from '../define-words.ts';

/** What the shelves of the palette are called. */
export const shelvesWords = defineWords('shelves', {
  en: {
    start: 'Begin and end',
    ai: 'AI',
    media: 'Images, sound, files',
    text: 'Text',
    logic: 'Logic',
    data: 'Data',
    safety: 'Safety',
    web: 'Web',
    note: 'Notes',
  },
  'zh-Hans': {
    start: '开始与结束',
    ai: 'AI',
    media: '图像、声音、文件',
    text: '文本',
    logic: '逻辑',
    data: '数据',
    safety: '安全',
    web: '网络',
    note: '备注',
  },
});
