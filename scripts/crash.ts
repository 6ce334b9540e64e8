/**
 * `pnpm test:crash [--kills N] [--queued N] [--upgraded N] [--seed N]`: the crash tests with real processes, at the full numbers.
 * The everyday test run does the same with fewer.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const number = (usual: string) => ({ type: 'string', default: usual }) as const;
const { values } = parseArgs({ options: { kills: number('200'), queued: number('10000'), upgraded: number('10000'), seed: number('7') } });
for (const [name, text] of Object.entries(values)) {
  if (!/^\d{1,6}$/.test(text)) {
    console.error(`--${name} is “${text}”, but it is a number.`);
    process.exit(2);
  }
}
const run = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    '@patchbay/server',
    'safety/r01',
    'safety/r02',
    'safety/r13',
    'safety/r14',
    'safety/r15',
    'safety/r24',
    '--disable-console-intercept',
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATCHBAY_TEST_PROGRAM: resolve('apps/server/dist/main.js'),
      PATCHBAY_CRASH_KILLS: values.kills,
      PATCHBAY_CRASH_QUEUED: values.queued,
      PATCHBAY_CRASH_UPGRADED: values.upgraded,
      PATCHBAY_CRASH_SEED: values.seed,
      PATCHBAY_CRASH_FIGURES: '1',
    },
  },
);
process.exitCode = run.status ?? 1;
