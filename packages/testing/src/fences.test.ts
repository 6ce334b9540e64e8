import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Each line breaks one fence; the repository's own lint settings must refuse it. */
const breaches: [file: string, code: string, rule: string][] = [
  ['packages/nodes/src/a.ts', "import { readFileSync } from 'node:fs';\nreadFileSync('x');", 'noNodejsModules'],
  ['packages/nodes/src/b.ts', "import { OpenAI } from 'openai';\nnew OpenAI();", 'noUndeclaredDependencies'],
  ['packages/engine/src/a.ts', "import { openDatabase } from '@patchbay/db';\nopenDatabase();", 'noUndeclaredDependencies'],
  ['packages/flow/src/a.ts', "import { catalogue } from '@patchbay/nodes';\nconsole.log(catalogue);", 'noUndeclaredDependencies'],
  ['apps/server/src/a.ts', "import { openDatabase } from '@patchbay/db';\nopenDatabase();", 'noUndeclaredDependencies'],
  ['apps/editor/src/a.ts', "import { startRun } from '@patchbay/engine';\nstartRun();", 'noUndeclaredDependencies'],
  ['packages/services/src/a.ts', "import { Pool } from 'undici';\nnew Pool('x');", 'noRestrictedImports'],
  ['packages/services/src/b.ts', "import { request } from 'node:https';\nrequest('x');", 'noRestrictedImports'],
  ['packages/services/src/c.ts', "export const answer = await fetch('http://x');", 'noRestrictedGlobals'],
  ['packages/services/src/d.ts', "import { drizzle } from 'drizzle-orm/better-sqlite3';\ndrizzle();", 'noRestrictedImports'],
  ['packages/services/src/e.ts', "import { spawn } from 'node:child_process';\nspawn('x');", 'noRestrictedImports'],
  ['packages/services/src/f.ts', "import { runInNewContext } from 'node:vm';\nrunInNewContext('1');", 'noRestrictedImports'],
  ['packages/services/src/g.ts', "import { connect } from 'node:http2';\nconnect('http://x');", 'noRestrictedImports'],
  ['packages/services/src/h.ts', "import { Worker } from 'node:worker_threads';\nnew Worker('x');", 'noRestrictedImports'],
  ['packages/services/src/i.ts', "const { request } = await import('node:https');\nrequest('x');", 'noRestrictedImports'],
  ['packages/services/src/j.ts', "const { connect } = await import('net');\nconnect(1);", 'noRestrictedImports'],
  ['packages/services/src/k.ts', "export const { spawn } = require('node:child_process');", 'noRestrictedImports'],
  ['packages/services/src/l.ts', "export { request } from 'undici';", 'noRestrictedImports'],
  ['packages/services/src/n.ts', "import { getQuickJS } from 'quickjs-emscripten-core';\ngetQuickJS();", 'noRestrictedImports'],
  ['packages/services/src/m.ts', "export const socket = new WebSocket('ws://x');", 'noRestrictedGlobals'],
  ['apps/editor/src/c.ts', "export const events = new EventSource('/x');", 'noRestrictedGlobals'],
  ['apps/editor/src/e.tsx', 'export const View = () => <p dangerouslySetInnerHTML={{ __html: "x" }} />;', 'noDangerouslySetInnerHtml'],
  ['packages/engine/src/b.ts', "export const value = eval('1');", 'noGlobalEval'],
  ['packages/engine/src/c.ts', "export const value = new Function('return 1');", 'noRestrictedGlobals'],
  [
    'apps/editor/src/b.tsx',
    "import Markdown from 'react-markdown';\nexport const View = () => <Markdown>x</Markdown>;",
    'noRestrictedImports',
  ],
  ['packages/host/src/a.ts', `${'export const a = 1;\n'.repeat(401)}`, 'noExcessiveLinesPerFile'],
  ['packages/host/src/b.ts', "import { c } from './c.ts';\nexport const b = () => c();", 'noImportCycles'],
  ['packages/guard/src/a.ts', 'export const a = (value: any) => value;', 'noExplicitAny'],
];

const root = fileURLToPath(new URL('../../..', import.meta.url));
let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'patchbay-fences-'));
  const settings = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(copy, 'biome.json'), JSON.stringify({ ...settings, $schema: undefined, vcs: { enabled: false } }));
  for (const [file, code] of breaches) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), `${code}\n`);
    const manifest = join(file.split('/src/')[0] ?? '', 'package.json');
    cpSync(join(root, manifest), join(copy, manifest));
  }
  writeFileSync(join(copy, 'packages/host/src/c.ts'), "import { b } from './b.ts';\nexport const c = () => b();\n");
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test.each(breaches)('%s is refused', (file, _code, rule) => {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const run = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=200', file], {
    cwd: copy,
    encoding: 'utf8',
  });
  expect(run.status).not.toBe(0);
  expect(run.stdout).toContain(`/${rule}`);
});
