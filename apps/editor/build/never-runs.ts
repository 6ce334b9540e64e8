import type { Plugin } from 'vite';

const id = '\0patchbay-no-re2js';

/**
 * Node definitions come into the editor for their forms and ports; they never run here. Their `run` and what only it needs
 * stay out of the bundle, the regular-expression engine with it, and so do the examples that tests run.
 */
export const neverRuns = (): Plugin[] => [withoutRegex, withoutRuns];

const withoutRegex: Plugin = {
  name: 'patchbay-never-runs:regex',
  apply: 'build',
  enforce: 'pre',
  resolveId: { filter: { id: /^re2js$/ }, handler: () => id },
  load: {
    filter: { id: /^\0patchbay-no-re2js$/ },
    handler: () => `
      export class RE2JSSyntaxException extends Error {}
      // Every pattern passes here; the server's check and the run say which cannot be used.
      export const RE2JS = { compile: () => ({}) };
    `,
  },
};

const withoutRuns: Plugin = {
  name: 'patchbay-never-runs:nodes',
  apply: 'build',
  transform: {
    filter: { id: /\/packages\/nodes\/src\/.+\.node\.ts$/ },
    handler(code) {
      return { code: leaveOutRun(code, this.parse(code)), map: null };
    },
  },
};

const left: Record<string, string> = {
  run: `run: () => { throw new Error('nodes never run in the editor'); }`,
  examples: 'examples: []',
};

/** The module with the `run` and the examples of what it hands to `defineNode` left out. */
export function leaveOutRun(code: string, program: unknown): string {
  const cuts = definitionsIn(program)
    .flatMap((definition) => definition.properties)
    .filter((property) => property.key !== undefined && Object.hasOwn(left, property.key.name ?? ''))
    .toSorted((a, b) => b.start - a.start);
  return cuts.reduce((text, cut) => text.slice(0, cut.start) + left[cut.key?.name ?? ''] + text.slice(cut.end), code);
}

interface Property {
  start: number;
  end: number;
  key?: { name?: string };
}
interface ObjectNode {
  type: 'ObjectExpression';
  properties: Property[];
}

function definitionsIn(node: unknown): ObjectNode[] {
  if (Array.isArray(node)) return node.flatMap(definitionsIn);
  if (typeof node !== 'object' || node === null) return [];
  if (isDefinition(node)) return node.arguments.slice(0, 1);
  return Object.values(node).flatMap(definitionsIn);
}

const isDefinition = (node: object): node is { arguments: ObjectNode[] } =>
  'type' in node &&
  node.type === 'CallExpression' &&
  'callee' in node &&
  typeof node.callee === 'object' &&
  node.callee !== null &&
  'name' in node.callee &&
  node.callee.name === 'defineNode';
