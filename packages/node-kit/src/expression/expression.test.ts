import type { Json } from '@patchbay/flow';
import { describe, expect, test } from 'vitest';
import { mostSteps, sizesOf } from './cost.ts';
import { environmentOf } from './environment.ts';
import { compileExpression, expressionFault, expressionLimit, expressionSteps } from './expression.ts';

type Values = Record<string, Json>;
const evaluate = (source: string, values: Values = {}): Json => compileExpression(source, Object.keys(values)).evaluate(values);
const failing = (source: string, values: Values = {}): unknown => {
  try {
    return { result: evaluate(source, values) };
  } catch (error) {
    return error;
  }
};
const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

test.each<[string, Values, Json]>([
  ['a * 2 + 1', { a: 1.5 }, 4],
  ['a / 4', { a: 10 }, 2.5],
  ['10 / 4', {}, 2],
  ['7 - a', { a: 2 }, 5],
  ['a % 4', { a: 10 }, 2],
  ['a % b', { a: 7, b: 4 }, 3],
  ['-a', { a: 1 }, -1],
  ['a == 1 && b != "x"', { a: 1, b: 'y' }, true],
  ['a > 1 ? "more" : "less"', { a: 1 }, 'less'],
  ['"Hi " + name + "!"', { name: 'Ada' }, 'Hi Ada!'],
  ['string(n) + "%"', { n: 5 }, '5%'],
  ['size(s)', { s: '你好👍' }, 3],
  ['a[0] + a[n]', { a: [1, 2], n: 1 }, 3],
  ['o["k"].x', { o: { k: { x: 1 } } }, 1],
  ['has(o.p) ? o.p : "none"', { o: {} }, 'none'],
  ['o.p == null', { o: { p: null } }, true],
  ['"b" in l && "k" in o', { l: ['a', 'b'], o: { k: 1 } }, true],
  ['l.filter(x, x > 1).map(x, x * 10)', { l: [1, 2, 3] }, [20, 30]],
  ['l.exists(x, x == 2) && !l.all(x, x == 2)', { l: [1, 2] }, true],
  ['{"sum": a + b, "both": [a, b]}', { a: 1, b: 2 }, { sum: 3, both: [1, 2] }],
  ['s.split(",").map(x, x.trim()).join("-")', { s: 'a, b' }, 'a-b'],
  ['type(a)', { a: 'x' }, 'string'],
  ['timestamp("2026-01-01T00:00:00Z").getFullYear()', {}, 2026],
  ['timestamp("2026-01-01T00:00:00Z")', {}, '2026-01-01T00:00:00.000Z'],
  ['duration("90s")', {}, 90],
  ['1u', {}, 1],
  ['9007199254740991', {}, 9007199254740991],
  ['null', {}, null],
])('%s of %j', (source, values, expected) => expect(evaluate(source, values)).toEqual(expected));

test.each<[string, Values, string, number, number]>([
  ['a +', { a: 1 }, 'EOF', 1, 4],
  ['a\n + b.c(', { a: 1, b: 1 }, 'EOF', 2, 8],
  ['a + missing', { a: 1 }, 'missing', 1, 5],
  ['a.b.c', { a: {} }, 'No such key: b', 1, 3],
  ['a + "x"', { a: 1 }, 'no such overload', 1, 1],
  ['1 / 0', {}, 'division by zero', 1, 1],
  ['s.charAt(1)', { s: 'x' }, 'no matching overload', 1, 1],
  ['1 + true', {}, '+', 1, 1],
])('%s fails with its place', (source, values, problem, line, column) => {
  expect(failing(source, values)).toMatchObject({
    errorClass: 'invalid_input',
    reason: 'bad_expression',
    params: { problem: expect.stringContaining(problem), line, column },
  });
});

test('what can be known before a run is said before it', () => {
  expect(expressionFault('a + 1', ['a'])).toBeUndefined();
  expect(expressionFault('a + b', ['a'])).toEqual({
    problem: 'Unknown variable: b',
    'problem:en': 'there is no value called “b”.',
    'problem:zh-Hans': '没有名为“b”的值',
    line: 1,
    column: 5,
  });
  expect(expressionFault('"a" + 1', [])).toMatchObject({ line: 1, column: 1 });
  expect(expressionFault(' '.repeat(expressionLimit + 1), [])).toMatchObject({ problem: 'text_too_long' });
  expect(expressionFault('string + 1', ['string'])).toMatchObject({ problem: expect.stringContaining('string') });
});

describe('nothing but the values can be reached', () => {
  test.each(['constructor', 'toString', '__proto__', 'globalThis', 'process', 'this', 'prototype'])('%s is no variable', (name) => {
    expect(failing(name)).toMatchObject({ reason: 'bad_expression' });
  });

  test.each([
    'a.constructor',
    'a["constructor"]',
    'a.__proto__',
    'a["__proto__"]',
    'a.toString',
    'a.hasOwnProperty',
    'l.length',
    's.length',
    's.constructor',
    'l.constructor',
    'l["map"]',
  ])('%s holds nothing', (source) => expect(failing(source, { a: { x: 1 }, l: [1], s: 'x' })).toMatchObject({ reason: 'bad_expression' }));

  test('a variable may have the name of an object property, and is only what was given', () => {
    expect(evaluate('constructor', { constructor: 1 })).toBe(1);
    expect(compileExpression('constructor == null', ['constructor']).evaluate({})).toBe(true);
  });

  test('a key that is a prototype changes none', () => {
    const made = evaluate('{"__proto__": {"polluted": true}, "a": 1}') as Record<string, Json>;
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const given = JSON.parse('{"__proto__":{"x":1}}') as Json;
    expect(JSON.stringify(evaluate('a', { a: given }))).toBe('{"__proto__":{"x":1}}');
  });

  test.each(['b"bytes"', '[b"x"]', 'double("NaN")', '1.0 / 0.0', 'cel'])('%s is nothing that can be handed on', (source) => {
    expect(failing(source)).toMatchObject({ errorClass: 'invalid_input' });
  });
});

describe('what could run for long never starts', () => {
  const tooMuch = { errorClass: 'invalid_input', reason: 'expression_too_much', params: { limit: expressionSteps } };

  test.each<[string, string, Values]>([
    ['macros in macros', 'l.all(a, l.all(b, l.all(c, l.all(d, a + b + c + d >= 0))))', { l: range(60) }],
    ['a macro over too long a list', 'l.all(a, a >= 0 && a < 9 && a != 5 && a != 6)', { l: range(300_000) }],
    ['a long text searched again and again', 'l.all(a, s.contains("zz"))', { l: range(1_000), s: 'x'.repeat(2_000_000) }],
    ['whole lists compared again and again', 'l.all(a, l == m)', { l: range(5_000), m: range(5_000) }],
    ['a list built up', 'l.map(a, l + l + l)', { l: range(20_000) }],
    ['a text joined out of many', 'l.map(a, s).join("")', { l: range(1_000), s: 'x'.repeat(100_000) }],
    ['a text cut into a list for a macro', 's.split("").all(a, s.contains(a))', { s: 'x'.repeat(50_000) }],
    ['a pattern over long texts', 'l.all(a, s.matches("(a+)+$"))', { l: range(1_000), s: 'a'.repeat(10_000) }],
    ['sums of a long text', `s${' + s'.repeat(200)}`, { s: 'x'.repeat(1_000_000) }],
  ])('%s', (_name, source, values) => expect(failing(source, values)).toMatchObject(tooMuch));

  test('what is usual is far below', () => {
    const orders = range(10_000).map((id) => ({ id, city: id % 2 === 0 ? 'Bern' : 'Oslo', total: id }));
    const found = evaluate('orders.filter(o, o.city == "Bern" && o.total > 9990).map(o, o.id)', { orders });
    expect(found).toEqual([9992, 9994, 9996, 9998]);
    expect(evaluate('l.filter(a, l.exists(b, a + 1 == b))', { l: range(100) })).toHaveLength(99);
    expect(evaluate('l.filter(a, a in m)', { l: range(1_000), m: range(100) })).toHaveLength(100);
  });

  test('doubling by names is not offered, nor is our own name for patterns', () => {
    expect(failing('cel.bind(a, "xx", a + a)')).toMatchObject({ params: { problem: 'There is no bind() here', line: 1 } });
    expect(failing('"a".matchesInLinearTime("a")')).toMatchObject({ reason: 'bad_expression' });
  });

  test.each([
    '('.repeat(5_000),
    '!'.repeat(5_000),
    '['.repeat(5_000),
    `a${'.b'.repeat(3_000)}`,
    `[${'1,'.repeat(3_000)}1]`,
    '-'.repeat(9_000),
  ])('depth and length are bounded (%#)', (source) => expect(failing(source, { a: 1 })).toMatchObject({ errorClass: 'invalid_input' }));

  test('a result over the limit, or too deep, is refused', () => {
    expect(failing('l.map(a, s)', { l: range(20), s: 'x'.repeat(1_000_000) })).toMatchObject({ reason: 'text_too_long' });
    let deep: Json = 1;
    for (let level = 0; level < 150; level += 1) deep = [deep];
    expect(failing('a', { a: deep })).toMatchObject({ reason: 'result_no_json' });
  });

  test('the cost counts every level of a macro', () => {
    const steps = (source: string, l: Json) => mostSteps(environmentOf(['l']).parse(source).ast, sizesOf([l]));
    const [once, twice] = [steps('l.all(a, a > 0)', range(100)), steps('l.all(a, l.all(b, a > b))', range(100))];
    expect(once).toBeGreaterThan(300);
    expect(twice).toBeGreaterThan(once * 90);
  });
});

describe('patterns', () => {
  test('are found in linear time, wherever they stand', () => {
    expect(evaluate('s.matches("^(a+)+$")', { s: `${'a'.repeat(64)}b` })).toBe(false);
    expect(evaluate('l.filter(x, x.matches("^a.c$"))', { l: ['abc', 'abd'] })).toEqual(['abc']);
    expect(evaluate('o.name.matches(p)', { o: { name: 'x1' }, p: '[0-9]' })).toBe(true);
  });

  test('say what they cannot do', () => {
    expect(failing('"a".matches("(?=a)")')).toMatchObject({ reason: 'bad_pattern' });
  });
});
