import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromRows, toRows } from './journal-rows.ts';
import type { JournalEntry, NewEntry } from './journal-types.ts';

const entry = (event: number): fc.Arbitrary<NewEntry> =>
  fc.record({
    kind: fc.constantFrom('step' as const, 'output' as const),
    scope: fc.constantFrom('', 'each/0', 'a"b\n'),
    name: fc.constant(`n${event}`),
    event: fc.constant(event),
    record: fc.json(),
  });
const entries = fc.integer({ min: 0, max: 450 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => entry(at + 1))));
const meant = ({ kind, scope, name, event, record }: JournalEntry) => [kind, scope, name, event, JSON.parse(record ?? 'null')];

test('what is packed comes back whole and in order, however it is cut into rows', { timeout: 60_000 }, () => {
  const law = fc.property(entries, fc.nat(), (all, cut) => {
    const at = all.length === 0 ? 0 : cut % all.length;
    const rows = [...toRows(all.slice(at)), ...toRows(all.slice(0, at))];
    expect(rows.length).toBeLessThanOrEqual(Math.ceil(at / 200) + Math.ceil((all.length - at) / 200));
    expect(fromRows(rows).map(meant)).toEqual(all.map(meant));
  });
  fc.assert(law, { numRuns: 50 });
});

test('an entry alone is a row of its own', () => {
  const alone: NewEntry = { kind: 'step', scope: 'each/1', name: 'a', event: 4, record: '{"a":1}' };
  expect(toRows([alone])).toEqual([alone]);
  expect(toRows([])).toEqual([]);
});

test('a step that has ended is not begun any more, and its first end stands', () => {
  const begun = (name: string): JournalEntry => ({ kind: 'step', scope: '', name, event: null, record: null });
  const ended = (name: string, event: number): NewEntry => ({ kind: 'step', scope: '', name, event, record: `${event}` });
  const rows = [begun('a'), begun('b'), ...toRows([ended('a', 2), ended('c', 3)]), ...toRows([ended('c', 5), ended('d', 6)])];
  expect(fromRows(rows).map(({ name, event }) => [name, event])).toEqual([
    ['a', 2],
    ['c', 3],
    ['d', 6],
    ['b', null],
  ]);
});
