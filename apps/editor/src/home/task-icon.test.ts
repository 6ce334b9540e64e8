// @vitest-environment node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { taskIcons } from './task-icon.tsx';

test('every icon a template names is bundled', () => {
  const source = readFileSync(fileURLToPath(new URL('../../../../packages/templates/src/index.ts', import.meta.url)), 'utf8');
  const named = [...source.matchAll(/icon: '([a-z0-9-]+)'/g)].map((match) => match[1]);
  expect(named.length).toBeGreaterThanOrEqual(6);
  for (const name of named) expect(taskIcons.has(name ?? ''), name).toBe(true);
});
