/**
 * Runs every check: lint and types, then the tests of the packages, then the browser, one file at a time, since both would share two cores.
 * The last line is `N passed, N failed, N skipped`; the exit code is 1 when anything failed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findChromium, howToGetChromium } from '../packages/testing/src/browser.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const scratch = mkdtempSync(join(tmpdir(), 'patchbay-test-'));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };

for (const check of ['lint', 'typecheck']) {
  // Each counts as one test, so that a breach of the rules fails the run and is seen in its count.
  const run = spawnSync('pnpm', ['run', '--silent', check], { stdio: 'inherit' });
  if (run.status === 0) total.passed += 1;
  else total.failed += 1;
}
for (const config of ['vitest.config.ts', 'vitest.e2e.config.ts']) {
  const counts = runVitest(config);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
rmSync(scratch, { recursive: true, force: true });

if (findChromium() === undefined) console.log(`\n${howToGetChromium}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;

function runVitest(config: string): Counts {
  const report = join(scratch, `${config}.json`);
  const run = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { stdio: 'inherit', env: { ...process.env, PATCHBAY_TEST_PROGRAM: resolve('apps/server/dist/main.js') } },
  );
  const counts = readCounts(report);
  // A file that does not load, or a runner that dies, has no failed test to count and must not pass.
  if (run.status !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function readCounts(file: string): Counts {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
    const skipped = (report['numPendingTests'] ?? 0) + (report['numTodoTests'] ?? 0);
    return { passed: report['numPassedTests'] ?? 0, failed: report['numFailedTests'] ?? 0, skipped };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
