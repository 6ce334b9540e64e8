import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What lint cannot see. For each risk: what a way to it looks like, where the one way is, and ways that must be found. */
interface Fence {
  risk: string;
  pattern: RegExp;
  allowed: string[];
  breaches: string[];
}

const fences: Fence[] = [
  {
    risk: 'a second way out, past the outbound request',
    pattern:
      /\b(?:globalThis|window|self|global)\s*\??\.?\s*(?:\[\s*['"`])?(?:fetch|XMLHttpRequest|WebSocket|EventSource|WebTransport)\b|\bsendBeacon\b/,
    allowed: [],
    breaches: [
      "globalThis.fetch('http://x')",
      "window['fetch']('/x')",
      'self?.fetch(url)',
      'new globalThis.WebSocket(url)',
      'navigator.sendBeacon(u)',
    ],
  },
  {
    risk: 'a module of the network or of processes, wherever lint lets a package have some',
    pattern:
      /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*['"`](?:node:)?(?:vm|child_process|cluster|inspector|repl|module|wasi|http2|dgram)['"`/]/,
    allowed: [],
    breaches: ["import { spawn } from 'node:child_process'", "await import('vm')", "from 'node:inspector/promises'"],
  },
  {
    risk: 'connections opened elsewhere than in host and by the listener',
    pattern: /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*['"`](?:undici|(?:node:)?(?:http|https|net|tls))['"`/]/,
    allowed: ['packages/host/src/outbound/', 'apps/server/src/serve.ts'],
    breaches: ["import { Pool } from 'undici'", "await import('node:https')", "import { connect } from 'tls'"],
  },
  {
    risk: 'a second runner of code, or a thread elsewhere than there, where files are taken apart and where the disk is waited for',
    pattern: /['"`](?:node:)?worker_threads['"`]|\bnew\s+(?:Shared)?Worker\s*\(|\bquickjs\b|\bisolated-vm\b|\bpyodide\b|\bWebAssembly\b/,
    allowed: [
      'packages/host/src/code/',
      'packages/host/src/files/text/text-thread.ts',
      'packages/host/src/files/text/text-worker.ts',
      'packages/db/src/checkpoints/checkpoint-thread.ts',
      'packages/db/src/checkpoints/checkpoint-worker.ts',
    ],
    breaches: [
      'require("worker_threads")',
      "import { Worker } from 'node:worker_threads'",
      'new Worker(file)',
      "from 'quickjs-emscripten-core'",
      "from '@jitl/quickjs-singlefile-mjs-release-sync'",
      'await WebAssembly.instantiate(bytes)',
    ],
  },
  {
    risk: 'a second language of templates or expressions: theirs go through parseLiquid and compileExpression',
    pattern: /\b(?:liquidjs|cel-js|jsonata|jexl|expr-eval|handlebars|mustache|nunjucks|ejs)\b/,
    allowed: ['packages/node-kit/src/liquid.ts', 'packages/node-kit/src/expression/'],
    breaches: ["import { Liquid } from 'liquidjs'", "from '@marcbachmann/cel-js'", "await import('handlebars')"],
  },
  {
    risk: 'code chosen by a value',
    pattern:
      /\bimport\(\s*[^'"\s)]|\brequire\(\s*[^'"\s)]|\bcreateRequire\b|\bgetBuiltinModule\b|\bprocess\.binding\b|\bimport\.meta\.resolve\b/,
    allowed: [],
    breaches: ['await import(name)', 'await import(`./a.ts`)', 'require(name)', "process.getBuiltinModule('vm')"],
  },
  {
    risk: 'a provider’s package loaded before one of its models is asked: import() on first use, types aside',
    pattern: /\bfrom\s*['"]@ai-sdk\/(?!provider['"])|\bimport\s*['"]@ai-sdk\//,
    allowed: [],
    breaches: ["import { createOpenAI } from '@ai-sdk/openai'", "import '@ai-sdk/google'"],
  },
  {
    risk: 'code made from text',
    pattern:
      /\bnew\s+Function\b|\bFunction\s*\(|\.constructor\s*\(|\bset(?:Timeout|Interval)\(\s*['"`]|\bReflect\.construct\b|(?<![\w.])eval\s*\(/,
    allowed: [],
    breaches: ["Function('return 1')", "[].at.constructor('x')", "setTimeout('x()', 1)", "eval('1')"],
  },
  {
    risk: 'a pattern of a user in the engine’s own regular expressions: theirs go through compilePattern',
    pattern: /\bRegExp\s*\(/,
    // Built of our own constants.
    allowed: [
      'packages/models/src/demo/extract.ts',
      'packages/services/src/keys/create-key.ts',
      'packages/guard/src/content/bias.ts',
      'packages/nodes/src/translate/spans.ts',
    ],
    breaches: ['new RegExp(pattern)', 'RegExp(text, flags)'],
  },
  {
    risk: 'HTML made from text: Markdown is drawn by ui/markdown.tsx alone',
    pattern:
      /\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write|\bdangerouslySetInnerHTML\b|\bsrc[dD]oc\b|\bcreateContextualFragment\b|\bDOMParser\b|\bsetHTMLUnsafe\b|\bcreatePolicy\b|\brehype-raw\b/,
    allowed: [],
    breaches: [
      'element.innerHTML = text',
      'dangerouslySetInnerHTML={{ __html }}',
      'trustedTypes.createPolicy("x", all)',
      '<iframe srcDoc={text} />',
    ],
  },
  {
    risk: 'SQL made from text',
    pattern: /\bsql\.(?:raw|identifier)\b|\b(?:prepare|exec|pragma)\(\s*(?:`[^`]*\$\{|['"][^'"]*['"]\s*\+)/,
    allowed: [],
    breaches: [
      'sql.raw(name)',
      'sql.identifier(column)',
      "driver.exec('drop ' + table)",
      ['driver.prepare(`select $', '{column}`)'].join(''),
    ],
  },
  {
    risk: 'a deep merge, by which a key of a user could reach a prototype',
    pattern: /\b(?:deepmerge|defaultsDeep|mergeWith|lodash)\b|\b__defineGetter__\b|\bsetPrototypeOf\b/,
    allowed: [],
    breaches: ["import merge from 'deepmerge'", 'Object.setPrototypeOf(a, b)'],
  },
];

/** All that ships: sources without tests and what only tests use. */
const sources: [file: string, text: string][] = ['packages', 'apps', 'plugins']
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name, 'src')))
  .filter((folder) => !/packages\/(?:testing|bench|lint-fences)\//.test(`${relative(root, folder)}/`))
  .flatMap(filesOf)
  .map((file) => [relative(root, file), withoutComments(readFileSync(file, 'utf8'))]);

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(?:test|e2e|d)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/\/(?:testing|safety)\/|\/test-server\.ts$|\/src\/testing\.ts$/.test(file));
}

/** Whole lines of comment only: text after code stays, so nothing hides there. */
function withoutComments(text: string): string {
  return text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '');
}

test('the sources are found', () => {
  expect(sources.length).toBeGreaterThan(300);
  for (const part of ['packages/engine/src/', 'packages/host/src/', 'apps/server/src/', 'apps/editor/src/'])
    expect(sources.some(([file]) => file.startsWith(part))).toBe(true);
});

test.each(fences)('nowhere is $risk', ({ pattern, allowed }) => {
  const found = sources
    .filter(([file]) => !allowed.some((place) => file.startsWith(place)))
    .flatMap(([file, text]) => text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])));
  expect(found).toEqual([]);
});

test.each(fences.flatMap(({ risk, pattern, breaches }) => breaches.map((code): [string, RegExp, string] => [code, pattern, risk])))(
  '%s is found',
  (code, pattern) => expect(code).toMatch(pattern),
);
