import { idPattern } from '@patchbay/flow';
import { type ConfigSchema, configSchema } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { calledById, idFromTitle, newEntry, newItemId, singular } from './item-ids.ts';

test('a new entry is named after its list and numbered', () => {
  expect(['ways', 'labels', 'entries', 'data'].map(singular)).toEqual(['way', 'label', 'entry', 'data']);
  expect(newItemId([], 'ways', [])).toBe('way_1');
  expect(newItemId([{ id: 'yes' }, { id: 'way_3' }], 'ways', ['otherwise'])).toBe('way_4');
  expect(newItemId([{ id: 'a' }], 'labels', ['label_2'])).toBe('label_3');
});

test('a title gives a legal, free id once; one without Latin letters keeps the number', () => {
  expect(idFromTitle('Refund please!', 'way_1', [])).toBe('refund_please');
  expect(idFromTitle('Refund', 'way_1', ['refund', 'refund_2'])).toBe('refund_3');
  expect(idFromTitle('Übergröße', 'way_1', [])).toBe('ubergro_e');
  expect(idFromTitle('退款', 'way_1', [])).toBe('way_1');
  expect(idFromTitle('12', 'way_1', [])).toBe('way_1');
  for (const title of ['x'.repeat(200), '9 lives', '_-_a', 'constructor', '退款 refund']) {
    expect(idFromTitle(title, 'way_1', [])).toMatch(idPattern);
  }
});

/** Every list of things among the settings, lists in lists included, with the place where it stands. */
function listsIn(schema: ConfigSchema, place: string): { place: string; item: ConfigSchema }[] {
  const own = schema.items?.properties === undefined ? [] : [{ place, item: schema.items }];
  const parts = [...Object.entries(schema.properties ?? {}), ...(schema.items === undefined ? [] : [['*', schema.items] as const])];
  return [...own, ...parts.flatMap(([key, part]) => listsIn(part, `${place}.${key}`))];
}

test('a new entry has no field that its list does not know, in every step there is', () => {
  const lists = [...catalogue].flatMap(([type, definition]) => listsIn(configSchema(definition), type));
  const places = lists.map(({ place }) => place);
  expect(places).toEqual(expect.arrayContaining(['agent.tools', 'agent.tools.*.arguments', 'classify.labels', 'input.fields']));
  for (const { place, item } of lists) {
    const entry = newEntry(item, 'thing_1');
    expect({ place, unknown: Object.keys(entry as object).filter((key) => !Object.hasOwn(item.properties ?? {}, key)) }).toEqual({
      place,
      unknown: [],
    });
  }
  const [tools, labels] = ['agent.tools', 'classify.labels'].map((wanted) => lists.find(({ place }) => place === wanted)?.item);
  expect(tools && [calledById(tools), newEntry(tools, 'tool_1')]).toEqual([true, { id: 'tool_1' }]);
  expect(labels && [calledById(labels), newEntry(labels, 'label_1')]).toEqual([false, { id: 'label_1', title: '' }]);
});
