import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.md') && !/(?:^|\/)(?:node_modules|dist|\.turbo)\//.test(file),
);
const link = /\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g;

test('there are pages to check', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'README.zh-Hans.md', 'docs/architecture.md']));
});

test.each(pages)('%s links only to what is there', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const broken = [...text.matchAll(link)].map((match) => match[1] ?? '').filter((target) => !existsSync(join(root, dirname(page), target)));
  expect(broken).toEqual([]);
});
