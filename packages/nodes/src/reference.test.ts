import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeReference } from '../../../scripts/node-reference.ts';

test.each(['en', 'zh-Hans'] as const)('docs/nodes is what the catalogue says (%s); if not: pnpm docs:nodes', (locale) => {
  expect(readFileSync(new URL(`../../../docs/nodes/${locale}.md`, import.meta.url), 'utf8')).toBe(nodeReference(locale));
});
