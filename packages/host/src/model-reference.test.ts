import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { modelReference } from '../../../scripts/model-reference.ts';
import { known } from './known-providers.ts';

const read = (page: string): string => readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');

test('docs/models.md is what the adapters say; if not: pnpm docs:models', () => {
  expect(read('models.md')).toBe(modelReference());
});

test('every variable a provider is known by is in the settings or on their page', () => {
  const pages = read('models.md') + read('settings.md');
  const names = known.flatMap(({ keys, baseUrlName, models }) => [...keys, baseUrlName, ...models]);
  expect(names.filter((name) => !pages.includes(`\`${name}\``))).toEqual([]);
});
