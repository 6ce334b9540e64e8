import { describe, expect, test } from 'vitest';
import { faultParams } from './author-fault-words.ts';
import { compileExpression, expressionFault, expressionLimit } from './expression/expression.ts';
import { liquidFault } from './liquid.ts';
import type { StepError } from './step-error.ts';

const zh = 'problem:zh-Hans';
const en = 'problem:en';

describe('expressions', () => {
  test.each([
    ['a + other', 'there is no value called “other”.', '没有名为“other”的值'],
    ['a +', 'something is still missing here.', '此处还缺少内容'],
    ['a ] 1', '“]” cannot be read here.', '此处的“]”无法识别'],
    ['a + "x', 'the text that begins here has no closing quote.', '从此处开始的文本缺少结束引号'],
    ['nope(a)', 'there is no such function for these values: “nope(a)”.', '没有适用于这些值的函数：“nope(a)”'],
    ['cel.bind(b, a, b)', 'there is no bind() here.', '没有名为 bind() 的函数'],
    ['a ? 1', 'something is still missing here.', '此处还缺少内容'],
    ['"\\q"', '“\\q” means nothing in a text: write \\\\ for a backslash.', '文本中的“\\q”没有含义；反斜杠请写作 \\\\'],
    [' '.repeat(expressionLimit + 1), 'it is too long.', '内容过长'],
  ])('%s', (source, english, chinese) => {
    expect(expressionFault(source, ['a'])).toMatchObject({ [en]: english, [zh]: chinese });
  });

  test.each([
    ['1 / 0', { a: 0 }, '除数为零'],
    ['[1, 2][a]', { a: 7 }, /列表位置/],
    ['a.b.c', { a: { b: {} } }, '没有这个字段：“c”'],
    ['a + "x"', { a: 1 }, '这些值不能这样运算：“a + "x"”'],
    ['int(a)', { a: 'x' }, /无法转换为数字|不合适/],
  ])('%s on its values', (source, values, chinese) => {
    let thrown: StepError | undefined;
    try {
      compileExpression(source, ['a']).evaluate(values);
    } catch (error) {
      thrown = error as StepError;
    }
    expect(thrown?.params).toMatchObject({ [zh]: typeof chinese === 'string' ? chinese : expect.stringMatching(chinese) });
  });
});

test.each([
  ['{{ a | nosuch }}', '没有名为“nosuch”的过滤器'],
  ['{% nope %}', '没有名为“nope”的标签'],
  ['{% if a %}x', /没有结束/],
  ['{{ a', '此处打开的花括号没有结束'],
])('template %s', (source, chinese) => {
  expect(liquidFault(source)).toMatchObject({ [zh]: typeof chinese === 'string' ? chinese : expect.stringMatching(chinese) });
});

test('what the library says stays beside our words, and long pieces of the source are cut', () => {
  const params = faultParams('said by the library', { en: 'no “{near}”.', 'zh-Hans': '没有“{near}”' }, `$& ${'x'.repeat(90)}`);
  expect(params).toMatchObject({ problem: 'said by the library', [en]: expect.stringMatching(/^no “\$& x{37}…”\.$/) });
});
