import { idPattern } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { idFromTitle, newItemId, singular } from './item-ids.ts';

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
