import { fillWords, type Locale, type Words } from '@patchbay/node-kit';

/** What a keyword of a schema asked for that a value does not have. */
export type MisfitKind =
  | 'never'
  | 'type'
  | 'options'
  | 'least'
  | 'most'
  | 'above'
  | 'below'
  | 'multiple'
  | 'shortest'
  | 'longest'
  | 'pattern'
  | 'format'
  | 'fewest_items'
  | 'most_items'
  | 'repeats'
  | 'contains'
  | 'missing'
  | 'unknown'
  | 'fewest_fields'
  | 'most_fields'
  | 'none_fits'
  | 'several_fit'
  | 'must_not_fit';

/** One place at which a value does not fit its schema. */
export interface Misfit {
  path: readonly (string | number)[];
  kind: MisfitKind;
  params: Record<string, string | number>;
}

const words: Record<MisfitKind, Words> = {
  never: { en: 'Nothing is allowed here.', 'zh-Hans': '此处不允许有值。' },
  type: { en: 'This must be: {expected}.', 'zh-Hans': '类型必须为：{expected}。' },
  options: { en: 'This must be one of: {expected}.', 'zh-Hans': '必须是以下之一：{expected}。' },
  least: { en: 'This must be at least {limit}.', 'zh-Hans': '不得小于 {limit}。' },
  most: { en: 'This must be at most {limit}.', 'zh-Hans': '不得大于 {limit}。' },
  above: { en: 'This must be more than {limit}.', 'zh-Hans': '必须大于 {limit}。' },
  below: { en: 'This must be less than {limit}.', 'zh-Hans': '必须小于 {limit}。' },
  multiple: { en: 'This must be a multiple of {limit}.', 'zh-Hans': '必须是 {limit} 的倍数。' },
  shortest: { en: 'This text needs at least {limit} characters.', 'zh-Hans': '文本至少需要 {limit} 个字符。' },
  longest: { en: 'This text may have at most {limit} characters.', 'zh-Hans': '文本最多 {limit} 个字符。' },
  pattern: { en: 'This text does not match {expected}', 'zh-Hans': '文本不匹配 {expected}' },
  format: { en: 'This text is not of the form “{expected}”.', 'zh-Hans': '文本不符合“{expected}”格式。' },
  fewest_items: { en: 'This list needs at least {limit} items.', 'zh-Hans': '列表至少需要 {limit} 项。' },
  most_items: { en: 'This list may have at most {limit} items.', 'zh-Hans': '列表最多 {limit} 项。' },
  repeats: { en: 'No two items of this list may be the same.', 'zh-Hans': '列表中不能有重复项。' },
  contains: { en: 'This list lacks an item of the kind that is asked for.', 'zh-Hans': '列表中缺少所要求的项。' },
  missing: { en: 'The field “{field}” is missing.', 'zh-Hans': '缺少字段“{field}”。' },
  unknown: { en: 'There must be no field “{field}” here.', 'zh-Hans': '此处不能有字段“{field}”。' },
  fewest_fields: { en: 'This needs at least {limit} fields.', 'zh-Hans': '至少需要 {limit} 个字段。' },
  most_fields: { en: 'This may have at most {limit} fields.', 'zh-Hans': '最多 {limit} 个字段。' },
  none_fits: { en: 'This fits none of the forms that are allowed.', 'zh-Hans': '不符合任何一种允许的形式。' },
  several_fit: { en: 'This fits {count} forms, but must fit exactly one.', 'zh-Hans': '同时符合 {count} 种形式，但只能符合一种。' },
  must_not_fit: { en: 'This is of a form that is not allowed.', 'zh-Hans': '此形式不被允许。' },
};

/** What is wrong, in the reader's language. */
export const describeMisfit = ({ kind, params }: Misfit, locale: Locale): string => fillWords(words[kind], params, locale);

/** A place as settings write it: `items[0].total`. */
export function placeOf(path: readonly (string | number)[]): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}

/** A place as RFC 6901 writes it: `/items/0/total`. */
export const pointerOf = (path: readonly (string | number)[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
