import type { Json } from '@patchbay/flow';

/** All a snippet needs to be run as it is shown. */
export interface SnippetParts {
  /** Whole address of the endpoint. */
  url: string;
  key: string;
  inputs: Record<string, Json>;
}

/** For a POSIX shell: in single quotes nothing has a meaning but the single quote itself. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export function curlSnippet({ url, key, inputs }: SnippetParts): string {
  return [
    `curl ${shellQuote(url)} \\`,
    `  -H ${shellQuote(`Authorization: Bearer ${key}`)} \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${shellQuote(JSON.stringify({ inputs }))}`,
  ].join('\n');
}

export function javascriptSnippet({ url, key, inputs }: SnippetParts): string {
  return `const response = await fetch(${scriptText(url)}, {
  method: "POST",
  headers: {
    Authorization: ${scriptText(`Bearer ${key}`)},
    "Content-Type": "application/json",
  },
  body: JSON.stringify(${indent(scriptJson({ inputs }), 2)}),
});

const { outputs } = await response.json();
console.log(outputs);`;
}

export function pythonSnippet({ url, key, inputs }: SnippetParts): string {
  return `import json
import urllib.request

request = urllib.request.Request(
    ${pythonValue(url)},
    method="POST",
    headers={
        "Authorization": ${pythonValue(`Bearer ${key}`)},
        "Content-Type": "application/json",
    },
    data=json.dumps(${indent(pythonValue({ inputs }), 4)}).encode(),
)

with urllib.request.urlopen(request) as response:
    print(json.load(response)["outputs"])`;
}

/** U+2028 and U+2029 are line ends in older scripts; escaped they are safe everywhere. */
const escapeSeparators = (text: string): string => text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
const scriptText = (text: string): string => escapeSeparators(JSON.stringify(text));
/** `__proto__` as a plain key would set the prototype; as a computed one it is a key like any other. */
const scriptJson = (value: Json): string =>
  escapeSeparators(JSON.stringify(value, null, 2)).replaceAll(/^(\s*)"__proto__":/gm, '$1["__proto__"]:');

const indent = (text: string, by: number): string => text.replaceAll('\n', `\n${' '.repeat(by)}`);

/** JSON as Python writes it: True, False and None, with escapes both languages share. */
export function pythonValue(value: Json, depth = 0): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return JSON.stringify(value);
  if (typeof value === 'string') return pythonText(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const items = Array.isArray(value)
    ? value.map((item) => pythonValue(item, depth + 1))
    : Object.entries(value).map(([key, item]) => `${pythonText(key)}: ${pythonValue(item, depth + 1)}`);
  if (items.length === 0) return `${open}${close}`;
  const pad = '    '.repeat(depth + 1);
  return `${open}\n${items.map((item) => `${pad}${item},\n`).join('')}${'    '.repeat(depth)}${close}`;
}

/** JSON escapes mean the same in Python, but for half of a surrogate pair, which no UTF-8 text can hold. */
const pythonText = (text: string): string => JSON.stringify(text.toWellFormed()).replaceAll('\u007f', '\\u007f');
