import { type Words, wordParams } from '@patchbay/flow';

/**
 * The faults of expressions and templates in the reader's language. Their libraries know English alone: what they say stays
 * beside our words as the plain parameter, for developers.
 */
export function faultParams(library: string, words: Words, near = ''): Record<string, string> {
  const piece = near.trim().replaceAll(/\s+/g, ' ');
  const shown = piece.length > longestPiece ? `${piece.slice(0, longestPiece)}…` : piece;
  const fill = (text: string) => text.replace('{near}', () => shown);
  return wordParams('problem', library.slice(0, 300), { en: fill(words.en), 'zh-Hans': fill(words['zh-Hans']) });
}

/** How much of what an author wrote is said again in a sentence. */
const longestPiece = 40;

const atEnd: Words = { en: 'something is still missing here.', 'zh-Hans': '此处还缺少内容' };
const unreadable: Words = { en: '“{near}” cannot be read here.', 'zh-Hans': '此处的“{near}”无法识别' };
const openText: Words = { en: 'the text that begins here has no closing quote.', 'zh-Hans': '从此处开始的文本缺少结束引号' };
const badNumber: Words = { en: '“{near}” is not a number.', 'zh-Hans': '“{near}”不是有效的数字' };
const badIndex: Words = {
  en: 'a place in a list must be a whole number that is there: “{near}”.',
  'zh-Hans': '列表位置必须是存在的整数：“{near}”',
};
const noNumber: Words = { en: '“{near}” cannot be made a number.', 'zh-Hans': '“{near}”无法转换为数字' };
const badArgument: Words = { en: 'what stands in the brackets does not fit: “{near}”.', 'zh-Hans': '括号中的内容不合适：“{near}”' };
export const noFunction: Words = { en: 'there is no {near}() here.', 'zh-Hans': '没有名为 {near}() 的函数' };
export const tooLong: Words = { en: 'it is too long.', 'zh-Hans': '内容过长' };

/** By the codes of the library. */
const ofExpressions: ReadonlyMap<string, Words> = new Map(
  Object.entries({
    unknown_variable: { en: 'there is no value called “{near}”.', 'zh-Hans': '没有名为“{near}”的值' },
    no_such_key: { en: 'there is no such field: “{near}”.', 'zh-Hans': '没有这个字段：“{near}”' },
    no_matching_overload: { en: 'there is no such function for these values: “{near}”.', 'zh-Hans': '没有适用于这些值的函数：“{near}”' },
    no_such_overload: { en: 'these values do not go together: “{near}”.', 'zh-Hans': '这些值不能这样运算：“{near}”' },
    invalid_comparison_type: { en: 'these values cannot be compared: “{near}”.', 'zh-Hans': '这些值无法比较：“{near}”' },
    cannot_index_type: { en: 'this has no fields and no places: “{near}”.', 'zh-Hans': '此值没有字段，也没有列表位置：“{near}”' },
    division_by_zero: { en: 'it divides by zero.', 'zh-Hans': '除数为零' },
    modulo_by_zero: { en: 'it divides by zero.', 'zh-Hans': '除数为零' },
    numeric_overflow: { en: 'the number grows too large.', 'zh-Hans': '数字过大' },
    index_out_of_range: badIndex,
    index_out_of_bounds: badIndex,
    invalid_index_type: badIndex,
    invalid_regular_expression: { en: 'the pattern cannot be used: “{near}”.', 'zh-Hans': '正则无法使用：“{near}”' },
    invalid_timestamp: {
      en: 'this is no date and time as 2026-05-03T08:00:00Z: “{near}”.',
      'zh-Hans': '这不是 2026-05-03T08:00:00Z 形式的日期时间：“{near}”',
    },
    invalid_duration: { en: 'this is no length of time as 90s or 2h: “{near}”.', 'zh-Hans': '这不是 90s 或 2h 形式的时长：“{near}”' },
    int_conversion_error: noNumber,
    uint_conversion_error: noNumber,
    invalid_macro_argument: badArgument,
    reserved_identifier: { en: '“{near}” is reserved: choose another name.', 'zh-Hans': '“{near}”是保留名称，请换一个' },
    invalid_number: badNumber,
    invalid_exponent: badNumber,
    invalid_escape_sequence: {
      en: '“{near}” means nothing in a text: write \\\\ for a backslash.',
      'zh-Hans': '文本中的“{near}”没有含义；反斜杠请写作 \\\\',
    },
    newline_in_string: openText,
    unterminated_string: openText,
    unterminated_triple_quoted_string: openText,
    unexpected_character: unreadable,
    unexpected_token: unreadable,
    expected_token: unreadable,
    limit_exceeded: { en: 'it is too long or too deeply nested.', 'zh-Hans': '内容过长或嵌套过深' },
  } satisfies Record<string, Words>),
);

/** A fault of an expression: the library's code, and the piece of the source it is about. */
export function expressionWords(code: string | undefined, near: string): Words {
  const words = ofExpressions.get(code ?? '') ?? unreadable;
  return near.trim() === '' && words[zh].includes('{near}') ? atEnd : words;
}
const zh = 'zh-Hans';

/** By what the library's sentences begin with or hold; what stands in the brackets is the piece they are about. */
const ofTemplates: readonly (readonly [RegExp, Words])[] = [
  [/^undefined filter: (.+)$/, { en: 'there is no filter “{near}”.', [zh]: '没有名为“{near}”的过滤器' }],
  [/^tag "?(.+?)"? not found$/, { en: 'there is no tag “{near}”.', [zh]: '没有名为“{near}”的标签' }],
  [/^tag (.+) not closed$/, { en: '“{near}” is opened here and never closed.', [zh]: '此处打开的“{near}”没有结束' }],
  [/^output "?(.+?)"? not closed$/, { en: 'the braces that open here are never closed.', [zh]: '此处打开的花括号没有结束' }],
  [/^undefined variable: (.+)$/, { en: 'there is no value called “{near}”.', [zh]: '没有名为“{near}”的值' }],
  [/^expected filter name/, { en: 'the name of a filter is missing after “|”.', [zh]: '“|”之后缺少过滤器名称' }],
];
const templateUnreadable: Words = { en: 'this cannot be read as a template.', [zh]: '此处无法按模板识别' };

/** A fault of a template by what its library says of it, with the piece it is about. */
export function templateParams(library: string): Record<string, string> {
  for (const [pattern, words] of ofTemplates) {
    const found = pattern.exec(library);
    if (found !== null) return faultParams(library, words, found[1]);
  }
  return faultParams(library, templateUnreadable);
}
