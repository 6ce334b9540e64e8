/** `pnpm new node <type>`: writes a new node and its test, puts it into the catalogue and writes the reference anew. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type NewNode, namesOf, nodeText, register, testText } from './new-node.ts';

const usage = `Usage: pnpm new node <type> [--title TEXT] [--title-zh TEXT] [--summary TEXT] [--summary-zh TEXT]

  <type>  small letters, digits and _, beginning with a letter, at most 40: the name in flow documents, for ever

For example: pnpm new node shout --title Shout --title-zh 大写`;

const { what, type, words } = readArguments();
if (what !== 'node' || !/^[a-z][a-z0-9_]{0,39}$/.test(type)) fail(usage, 2);

const node: NewNode = { ...namesOf(type), words };
const root = new URL('../', import.meta.url);
const source = new URL('packages/nodes/src/', root);
const folder = new URL(`${node.file}/`, source);
if (existsSync(folder)) fail(`packages/nodes/src/${node.file} is there already.`, 1);
const index = new URL('index.ts', source);
const catalogue = register(readFileSync(index, 'utf8'), node);

mkdirSync(folder);
const written = [new URL(`${node.file}.node.ts`, folder), new URL(`${node.file}.node.test.ts`, folder), index];
for (const [place, text] of [nodeText(node), testText(node), catalogue].entries()) writeFileSync(written[place] as URL, text);
run('node_modules/@biomejs/biome/bin/biome', 'check', '--write', '--log-level=error', ...written.map((url) => fileURLToPath(url)));
run('scripts/node-reference.ts');

console.log(`Wrote packages/nodes/src/${node.file}/${node.file}.node.ts and its test, put it into the catalogue and the reference.
${missingWords()}
When you change the node, run pnpm docs:nodes; docs/guides/writing-a-node.md says what comes from where.`);

/** What stands in for words that were not given, so that nobody publishes them unread. */
function missingWords(): string {
  const stand: string[] = (
    [
      ['title-zh', 'its Chinese title'],
      ['summary', 'its summary'],
      ['summary-zh', 'its Chinese summary'],
    ] as const
  ).flatMap(([key, name]) => (words[key] === undefined ? [name] : []));
  const todo = [...stand, 'its synonyms in both languages'].join(', ');
  return `Words to make your own there: ${todo}.`;
}

function readArguments() {
  const text = { type: 'string' } as const;
  const options = { title: text, 'title-zh': text, summary: text, 'summary-zh': text };
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    return { what: positionals[0], type: positionals[1] ?? '', words: values };
  } catch {
    return fail(usage, 2);
  }
}

function run(script: string, ...options: string[]): void {
  const { status } = spawnSync(process.execPath, [script, ...options], { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(`${script} failed.`, 1);
}

function fail(message: string, code: number): never {
  console.error(message);
  process.exit(code);
}
