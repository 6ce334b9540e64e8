import type { Plugin } from 'vite';

const id = '\0patchbay-no-re2js';

/**
 * Node definitions come into the editor for their forms and ports; they never run here. The regular-expression engine,
 * which only a running node uses, stays out of the bundle.
 */
export function neverRuns(): Plugin {
  return {
    name: 'patchbay-never-runs',
    apply: 'build',
    enforce: 'pre',
    resolveId: { filter: { id: /^re2js$/ }, handler: () => id },
    load: {
      filter: { id: /^\0patchbay-no-re2js$/ },
      handler: () => `
        export class RE2JSSyntaxException extends Error {}
        export const RE2JS = { compile() { throw new Error('nodes never run in the editor'); } };
      `,
    },
  };
}
