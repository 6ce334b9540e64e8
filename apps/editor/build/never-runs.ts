import type { Plugin } from 'vite';

/**
 * Node definitions come into the editor for their forms and ports; they never run here. Their `run` and what only it needs
 * stay out of the bundle, the engines of patterns, expressions and templates with it, and so do the examples that tests run.
 */
export const neverRuns = (): Plugin[] => [withoutEngines, withoutRuns];

/**
 * What stands in for each engine. All that is written passes here; the server's check and the run say what cannot be used.
 * Colours are no engine of ours: the canvas brings them to blend them in transitions, and moves nothing but its own place.
 */
export const standIns: Record<string, string> = {
  re2js: `
    export class RE2JSSyntaxException extends Error {}
    export const RE2JS = { compile: () => ({}) };
  `,
  '@marcbachmann/cel-js': `
    const ast = { op: 'value', args: null, pos: 0 };
    export class Environment {
      clone() { return this; }
      registerOperator() { return this; }
      registerFunction() { return this; }
      registerVariable() { return this; }
      parse() { return Object.assign(() => null, { ast, check: () => ({ valid: true }) }); }
    }
  `,
  'd3-color': `
    export class color { constructor() { throw new Error('the canvas blends no colours'); } }
    export const rgb = color, hsl = color, lab = color, hcl = color, cubehelix = color;
  `,
  liquidjs: `
    export class Liquid {
      tags = {};
      filters = {};
      parse() { return []; }
    }
  `,
};

const withoutEngines: Plugin = {
  name: 'patchbay-never-runs:engines',
  apply: 'build',
  enforce: 'pre',
  resolveId: {
    filter: { id: /^(?:re2js|liquidjs|d3-color|@marcbachmann\/cel-js)$/ },
    handler: (id) => (Object.hasOwn(standIns, id) ? `\0patchbay-no:${id}` : undefined),
  },
  load: { filter: { id: /^\0patchbay-no:/ }, handler: (id) => standIns[id.slice('\0patchbay-no:'.length)] },
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
