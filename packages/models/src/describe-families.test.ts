import { expect, test } from 'vitest';
import { describeFamilies } from './describe-families.ts';
import { families } from './families.ts';

test('every family is described, and any other server last', () => {
  expect(describeFamilies().map(({ id }) => id)).toEqual([...Object.keys(families), 'openai-compatible']);
});

test('a usual model is named only for what the family does', () => {
  for (const { id, does, usual } of describeFamilies())
    expect([id, Object.keys(usual).filter((what) => !does.some((one) => one === what))]).toEqual([id, []]);
});

test('what the adapters add to the packages is there', () => {
  const byId = new Map(describeFamilies().map((family) => [family.id, family]));
  expect(byId.get('openai')).toMatchObject({ does: ['embed', 'image', 'speech', 'transcribe', 'moderate'], wire: 'both', lists: true });
  expect(byId.get('mistral')?.does).toContain('moderate');
  expect(byId.get('alibaba')).toMatchObject({ does: ['embed'], takes: ['image', 'audio', 'video'] });
  expect(byId.get('anthropic')).toMatchObject({ does: [], takes: ['image', 'file'], wire: 'package' });
  expect(byId.get('azure')?.lists).toBe(false);
});
