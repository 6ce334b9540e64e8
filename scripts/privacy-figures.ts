/** `pnpm docs:privacy`: measures the detectors of personal data, prints the figures and writes them into docs/privacy.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { figuresOf, readMarked } from '../packages/guard/src/figures.ts';
import { figuresTable } from '../packages/guard/src/figures-table.ts';

const root = new URL('../', import.meta.url);
const figures = figuresOf(readMarked(readFileSync(new URL('packages/guard/testdata/personal-data.tsv', root), 'utf8')));
const table = figuresTable(figures);
const page = new URL('docs/privacy.md', root);
const between = /(<!-- figures -->)[\s\S]*?(<!-- \/figures -->)/;
writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(between, (_, open: string, close: string) => `${open}\n${table}\n${close}`),
);
console.log(`${table}\n\nMisses:\n${figures.misses.join('\n')}\n\nFalse alarms:\n${figures.alarms.join('\n')}`);
