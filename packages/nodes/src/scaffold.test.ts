import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let copy = '';

/** A copy of what the command touches; everything else is the repository itself. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'patchbay-scaffold-'));
  mkdirSync(join(copy, 'packages/nodes'), { recursive: true });
  for (const path of ['.gitignore', 'package.json', 'biome.json', 'tsconfig.base.json', 'scripts', 'docs', 'packages/nodes/src']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  for (const path of ['package.json', 'tsconfig.json']) cpSync(join(root, 'packages/nodes', path), join(copy, 'packages/nodes', path));
  for (const path of ['node_modules', 'packages/nodes/node_modules', 'packages/node-kit']) {
    symlinkSync(join(root, path), join(copy, path));
  }
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(script: string, options: string[], folder = '.') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, 'node_modules', script), ...options], {
    cwd: join(copy, folder),
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  return { status, said: stdout + stderr };
}
const create = (...options: string[]) => run('../scripts/new.ts', options);
const source = (file: string) => readFileSync(join(copy, 'packages/nodes/src', file), 'utf8');
const passed = { status: 0, said: expect.any(String) };

test('a new node is in the catalogue and passes lint, types and tests as it is', { timeout: 180_000 }, () => {
  const plain = create('node', 'shout');
  expect(plain).toEqual(passed);
  expect(plain.said).toContain('its Chinese title, its summary, its Chinese summary, its synonyms');
  const named = create('node', 'say_it_loud', '--title', 'Say it "loud", isn’t it', '--title-zh', '大声说', '--summary-zh', '大声说出来。');
  expect(named).toEqual(passed);
  expect(named.said).not.toContain('Chinese title');
  expect(source('say-it-loud/say-it-loud.node.ts')).toContain("'zh-Hans': '大声说' }");
  expect(source('index.ts')).toMatch(/ {2}shoutNode,\n {2}sayItLoudNode,\n {2}noteNode,\n/);

  expect(run('@biomejs/biome/bin/biome', ['check', 'packages/nodes/src', 'scripts'])).toEqual(passed);
  expect(run('typescript/bin/tsc', ['-p', 'packages/nodes'])).toEqual(passed);
  const tests = ['src/shout', 'src/say-it-loud', 'src/catalogue.test.ts', 'src/reference.test.ts'];
  const ran = run('vitest/vitest.mjs', ['run', '--root', '.', ...tests], 'packages/nodes');
  expect(ran).toEqual(passed);
  expect(ran.said).toMatch(/Test Files\s+4 passed/);
});

test('says how it is used instead of writing half a node', { timeout: 60_000 }, () => {
  for (const options of [[], ['node'], ['node', 'Shout'], ['block', 'shout'], ['node', 'ok', '--titel', 'x']]) {
    expect(create(...options)).toEqual({ status: 2, said: expect.stringContaining('Usage: pnpm new node <type>') });
  }
  expect(create('node', 'text')).toEqual({ status: 1, said: 'packages/nodes/src/text is there already.\n' });
});
