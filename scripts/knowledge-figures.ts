/** `pnpm docs:knowledge`: measures how often a question finds the right passage, prints the figures and writes them into docs/knowledge.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { measureHitRate } from '../packages/services/src/knowledge/figures/hit-rate.ts';
import { hitRateTable } from '../packages/services/src/knowledge/figures/hit-rate-table.ts';

const ways = { 'words alone': await measureHitRate('words'), 'words and vectors': await measureHitRate('fake') };
const table = hitRateTable(ways);
const page = new URL('../docs/knowledge.md', import.meta.url);
const between = /(<!-- figures -->)[\s\S]*?(<!-- \/figures -->)/;
writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(between, (_, open: string, close: string) => `${open}\n${table}\n${close}`),
);
const misses = Object.entries(ways).map(([way, figures]) => `Missed by ${way}:\n${figures.misses.join('\n')}`);
console.log(`${table}\n\n${misses.join('\n\n')}`);
