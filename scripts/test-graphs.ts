/**
 * Tries the engine on many random graphs: equal to the reference, cut and resumed, cancelled anywhere.
 * `pnpm test:graphs --count 100000`; a third as many are resumed and cancelled.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((one) => one !== '--'),
  options: { count: { type: 'string', default: '100000' } },
});
const count = Number(values.count);
if (!Number.isInteger(count) || count < 1) {
  console.error(`--count must be a whole number from 1, not ${values.count}`);
  process.exit(2);
}
const files = ['src/equal-to-reference', 'src/resume.property', 'src/cancel.property'];
const startedAt = performance.now();
const { status } = spawnSync('pnpm', ['exec', 'vitest', 'run', '--project', '@patchbay/engine', ...files], {
  stdio: 'inherit',
  env: { ...process.env, PATCHBAY_GRAPHS: String(count) },
});
console.info(`${count} graphs in ${Math.round((performance.now() - startedAt) / 1_000)} s`);
process.exitCode = status ?? 1;
