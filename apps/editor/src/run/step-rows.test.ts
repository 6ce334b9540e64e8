import { expect, test } from 'vitest';
import { runOfRecords, stepRows } from './step-rows.ts';

const record = (node: string, scope: string, atMs: number, status: 'succeeded' | 'failed' = 'succeeded') => ({
  node,
  scope,
  status,
  atMs,
  durationMs: 1,
});

test('rows come in the order in which steps began; those of a container’s shown turn follow it, set in', () => {
  const run = runOfRecords([
    record('out', '', 9),
    record('each', '', 1),
    record('greet', 'each/0', 3),
    record('pick', 'each/0', 2),
    record('pick', 'each/1', 4, 'failed'),
  ]);
  const shown = (turn?: number) =>
    stepRows({ ...run, ...(turn !== undefined && { shown: { each: turn } }) }).map((row) => `${row.depth} ${row.key}`);
  expect(shown(0)).toEqual(['0 each', '1 each/0/pick', '1 each/0/greet', '0 out']);
  expect(shown()).toEqual(['0 each', '1 each/1/pick', '0 out']);
  expect(stepRows(run)[0]?.turns).toMatchObject({ seen: [0, 1], failed: [1], turn: 1 });
});

test('containers within containers are followed by what stands in them', () => {
  const run = runOfRecords([record('outer', '', 1), record('inner', 'outer/0', 2), record('deep', 'outer/0/inner/3', 3)]);
  expect(stepRows(run).map((row) => [row.key, row.depth])).toEqual([
    ['outer', 0],
    ['outer/0/inner', 1],
    ['outer/0/inner/3/deep', 2],
  ]);
  expect(stepRows(run).map((row) => row.inside)).toEqual([undefined, 'outer', 'inner']);
});
