import { globSync, readFileSync } from 'node:fs';
import { describeFailure, hasWords } from '@patchbay/node-kit';
import { expect, test } from 'vitest';

const folder = new URL('.', import.meta.url);
const sources = globSync('**/*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'));
const reasons = sources.flatMap((file) =>
  [...readFileSync(new URL(file, folder), 'utf8').matchAll(/new StepError\([^,]+,\s*'([a-z_]+)'/g)].map((match) => match[1] as string),
);

test('the nodes throw with reasons', () => expect(new Set(reasons).size).toBeGreaterThan(10));

test.each([...new Set(reasons)])('%s has a sentence in both languages', (reason) => {
  expect(hasWords(reason)).toBe(true);
  const failure = { class: 'invalid_input' as const, reason, params: {} };
  expect(describeFailure(failure, 'en').message).not.toBe(describeFailure(failure, 'zh-Hans').message);
});
