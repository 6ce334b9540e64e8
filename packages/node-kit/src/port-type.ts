import type { Words } from '@patchbay/flow';

export const baseTypes = ['text', 'number', 'boolean', 'choice', 'data', 'image', 'audio', 'video', 'file', 'chat', 'any'] as const;
export type BaseType = (typeof baseTypes)[number];
/** Type of a port or field; `[]` makes a list of it. */
export type PortType = BaseType | `${BaseType}[]`;

export const families = ['text', 'value', 'data', 'media', 'chat', 'any'] as const;
/** What a person tells apart by colour and shape; finer types differ by glyph and label. */
export type Family = (typeof families)[number];

const familyOf: Record<BaseType, Family> = {
  text: 'text',
  number: 'value',
  boolean: 'value',
  choice: 'value',
  data: 'data',
  image: 'media',
  audio: 'media',
  video: 'media',
  file: 'media',
  chat: 'chat',
  any: 'any',
};

export const isList = (type: PortType): type is `${BaseType}[]` => type.endsWith('[]');
export const itemType = (type: PortType): BaseType => (isList(type) ? type.slice(0, -2) : type) as BaseType;
export const family = (type: PortType): Family => familyOf[itemType(type)];
export const isPortType = (text: string): text is PortType =>
  (baseTypes as readonly string[]).includes(text.endsWith('[]') ? text.slice(0, -2) : text);

export const fieldTypeWords: Record<BaseType, Words> = {
  text: { en: 'text', 'zh-Hans': '文本' },
  number: { en: 'number', 'zh-Hans': '数字' },
  boolean: { en: 'yes/no', 'zh-Hans': '是/否' },
  choice: { en: 'choice', 'zh-Hans': '选项' },
  data: { en: 'data', 'zh-Hans': '数据' },
  image: { en: 'image', 'zh-Hans': '图片' },
  audio: { en: 'audio', 'zh-Hans': '音频' },
  video: { en: 'video', 'zh-Hans': '视频' },
  file: { en: 'file', 'zh-Hans': '文件' },
  chat: { en: 'chat', 'zh-Hans': '对话' },
  any: { en: 'anything', 'zh-Hans': '任意' },
};
