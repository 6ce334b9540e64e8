import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { leaveOutRun, standIns } from './never-runs.ts';

const code = `import { helper } from './helper.ts';
const run = () => 'stays';
export const node = defineNode({
  type: 'x',
  examples: [{ inputs: { run: 'a' } }],
  essence: (config) => config.run,
  async run({ inputs }) {
    return helper(inputs);
  },
});
export const other = { run };`;

test('what a node does and its examples are left out, all else stays as it is written', () => {
  const left = leaveOutRun(code, parseSync('x.node.js', code).program);
  expect(left).not.toContain('helper(inputs)');
  expect(left).toContain('examples: [],');
  expect(left).toContain('essence: (config) => config.run,');
  expect(left).toContain("const run = () => 'stays';");
  expect(left).toContain('export const other = { run };');
  expect(parseSync('x.node.js', left).errors).toEqual([]);
});

test.each(Object.entries(standIns))('what stands in for %s can be read and has the names that are imported', (name, code) => {
  expect(parseSync('x.js', code).errors).toEqual([]);
  const names =
    {
      re2js: ['RE2JS', 'RE2JSSyntaxException'],
      '@marcbachmann/cel-js': ['Environment'],
      liquidjs: ['Liquid'],
      'd3-color': ['color', 'rgb'],
    }[name] ?? [];
  expect(names.length).toBeGreaterThan(0);
  for (const wanted of names) expect(code).toMatch(new RegExp(`export (?:class|const) ${wanted}\\b`));
});
