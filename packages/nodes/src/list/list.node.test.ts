import type { Json } from '@patchbay/node-kit';
import { checkFlow, portsOf } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../index.ts';
import { listNode } from './list.node.ts';

const run = async (config: Record<string, Json>, list: Json, other?: Json) =>
  (await runNode(listNode, { config, inputs: other === undefined ? { list } : { list, other } })).outputs;
const items = async (config: Record<string, Json>, list: Json, other?: Json) => (await run(config, list, other))['items'];

describe('sort', () => {
  const sort = (list: Json[], more: Record<string, Json> = {}) => items({ operation: 'sort', ...more }, list);

  test('numbers by size, digits in texts as numbers, nothing last in either direction', async () => {
    expect(await sort([10, 9, null, 100])).toEqual([9, 10, 100, null]);
    expect(await sort([10, 9, null, 100], { order: 'down' })).toEqual([100, 10, 9, null]);
    expect(await sort(['item 10', 'item 9', 'Item 1'])).toEqual(['Item 1', 'item 9', 'item 10']);
  });

  test('unlike values have one order, too', async () => {
    expect(await sort([{ a: 1 }, 'x', true, 2, null, 'a'])).toEqual([2, 'a', 'x', true, { a: 1 }, null]);
  });

  test('texts as a language has them', async () => {
    const cities = ['上海', '北京', '广州'];
    expect(await sort(cities, { language: 'zh-Hans' })).toEqual(['北京', '广州', '上海']);
    expect(await sort(['zebra', 'ähnlich', 'apfel'], { language: 'de' })).toEqual(['ähnlich', 'apfel', 'zebra']);
    expect(await sort(['zebra', 'ähnlich', 'apfel'], { language: 'sv' })).toEqual(['apfel', 'zebra', 'ähnlich']);
  });

  test('by a place inside, items without it last', async () => {
    const list = [{ a: { b: 2 } }, {}, { a: { b: 1 } }];
    expect(await sort(list, { path: 'a.b' })).toEqual([{ a: { b: 1 } }, { a: { b: 2 } }, {}]);
  });
});

test.each<[string, Record<string, Json>, Json[], Json[]]>([
  ['first', { count: 2 }, [1, 2, 3], [1, 2]],
  ['first', { count: 0 }, [1], []],
  ['last', { count: 2 }, [1, 2, 3], [2, 3]],
  ['last', { count: 0 }, [1, 2], []],
  ['last', { count: 5 }, [1, 2], [1, 2]],
  ['slice', { from: 1, count: 2 }, [1, 2, 3, 4], [2, 3]],
  ['slice', { from: 9, count: 2 }, [1], []],
  ['unique', {}, [1, '1', 1, null, null, { a: 1, b: 2 }, { b: 2, a: 1 }], [1, '1', null, { a: 1, b: 2 }]],
  [
    'unique',
    { path: 'k' },
    [
      { k: 1, n: 'a' },
      { k: 1, n: 'b' },
    ],
    [{ k: 1, n: 'a' }],
  ],
  ['reverse', {}, [1, 2], [2, 1]],
  ['pick', { path: 'a' }, [{ a: 1 }, { b: 2 }, 'x'], [1, null, null]],
  ['pick', { path: '__proto__' }, [{ a: 1 }], [null]],
  ['flatten', {}, [[1, [2]], 3, []], [1, [2], 3]],
  [
    'group',
    { path: 'a' },
    [{ a: 1 }, { b: 1 }, { a: 1 }],
    [
      { key: 1, count: 2, items: [{ a: 1 }, { a: 1 }] },
      { key: null, count: 1, items: [{ b: 1 }] },
    ],
  ],
])('%s %j', async (operation, config, list, expected) => expect(await items({ operation, ...config }, list)).toEqual(expected));

test('the first and the last item come alone as well, and are nothing in an empty list', async () => {
  expect(await run({ operation: 'last', count: 2 }, [1, 2, 3])).toEqual({ items: [2, 3], item: 3 });
  expect(await run({ operation: 'first' }, [])).toEqual({ items: [], item: null });
});

describe('two lists', () => {
  test('stand one after the other', async () => expect(await items({ operation: 'append' }, [1], [2, 3])).toEqual([1, 2, 3]));

  test('are paired by place, with or without what is left over', async () => {
    expect(await items({ operation: 'zip' }, [{ a: 1 }, { a: 2 }], [{ b: 3 }])).toEqual([{ a: 1, b: 3 }]);
    expect(await items({ operation: 'zip', alone: true }, [{ a: 1 }, { a: 2 }], [{ b: 3 }])).toEqual([{ a: 1, b: 3 }, { a: 2 }]);
    expect(await items({ operation: 'zip', result: 'pair', alone: true }, [], [7])).toEqual([{ first: null, second: 7 }]);
    expect(await items({ operation: 'zip' }, ['x'], ['y'])).toEqual([{ first: 'x', second: 'y' }]);
  });

  test('are paired by a key: every partner, the first list’s fields win, nothing matches nothing', async () => {
    const orders = [{ id: 1, by: 'a' }, { id: 2, by: 'b' }, { id: 3 }];
    const people = [{ by: 'a', id: 'x', name: 'Ada' }, { by: 'a', name: 'Al' }, { name: 'nobody' }];
    expect(await items({ operation: 'match', path: 'by' }, orders, people)).toEqual([
      { id: 1, by: 'a', name: 'Ada' },
      { id: 1, by: 'a', name: 'Al' },
    ]);
    expect(await items({ operation: 'match', path: 'by', alone: true, result: 'pair' }, orders.slice(1), people)).toEqual([
      { first: { id: 2, by: 'b' }, second: null },
      { first: { id: 3 }, second: null },
    ]);
  });

  test('a key called __proto__ stays a key', async () => {
    const evil = JSON.parse('[{"__proto__":{"admin":true}}]') as Json;
    const [merged] = (await items({ operation: 'zip' }, evil, [{ a: 1 }])) as Record<string, Json>[];
    expect(Object.keys(merged ?? {}).toSorted()).toEqual(['__proto__', 'a']);
    expect(({} as Record<string, Json>)['admin']).toBeUndefined();
    expect(merged?.['admin']).toBeUndefined();
  });
});

describe('figures', () => {
  const figure = async (operation: string, list: Json[], path = '') => (await run({ operation, path }, list))['number'];

  test.each<[string, Json[], number | null]>([
    ['count', [1, null, ''], 3],
    ['sum', [1, '2', null, ''], 3],
    ['sum', [], 0],
    ['sum', Array<Json>(10).fill(0.1), 1],
    ['sum', [1e16, 1, -1e16], 1],
    ['average', [1, 2], 1.5],
    ['average', [], null],
    ['smallest', [3, '-1', 2], -1],
    ['largest', [3, '10', 2], 10],
    ['largest', [null], null],
  ])('%s of %j', async (operation, list, expected) => expect(await figure(operation, list)).toBe(expected));

  test('what is no number is named', async () => {
    await expect(figure('sum', [{ a: 'x' }], 'a')).rejects.toMatchObject({ reason: 'not_a_number', params: { text: 'x' } });
    await expect(figure('sum', [1e308, 1e308])).rejects.toMatchObject({ reason: 'number_too_large' });
  });

  test('a list of a million numbers has a largest one', async () => {
    expect(
      await figure(
        'largest',
        Array.from({ length: 1_000_000 }, (_, index) => index),
      ),
    ).toBe(999_999);
  });
});

test('what is no list is refused by the port it came through', async () => {
  await expect(run({ operation: 'reverse' }, { a: 1 })).rejects.toMatchObject({ reason: 'not_a_list', params: { port: 'list' } });
  await expect(run({ operation: 'append' }, [], 'x')).rejects.toMatchObject({ reason: 'not_a_list', params: { port: 'other' } });
});

test('the ports follow the operation; conditions ask for values only where they are in force', () => {
  const ids = (operation: string) => {
    const config = { operation, conditions: [{ path: 'total', op: 'greater', value: '{{limit}}' }] };
    const { inputs, outputs } = portsOf(listNode, { type: 'list', config });
    return [...inputs, { id: '|' }, ...outputs].map(({ id }) => id).join(' ');
  };
  expect(ids('filter')).toBe('list limit | items others');
  expect(ids('sort')).toBe('list | items');
  expect(ids('first')).toBe('list | items item');
  expect(ids('match')).toBe('list other | items');
  expect(ids('average')).toBe('list | number');
});

test('a filter that compares with nothing is said before a run', () => {
  const codes = (config: Record<string, Json>) => {
    const flow = {
      format: 'patchbay/flow' as const,
      version: 1 as const,
      name: 'x',
      nodes: { a: { type: 'list', config } },
      edges: [],
      layout: {},
    };
    return checkFlow(flow, catalogue).map(({ code }) => code);
  };
  expect(codes({})).toContain('condition_incomplete');
  expect(codes({ operation: 'sort' })).not.toContain('condition_incomplete');
});
