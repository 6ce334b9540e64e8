import { expect, test } from 'vitest';
import { describeProblem } from './describe.ts';
import { type Migration, migrateFlow } from './migrate.ts';
import { sampleFlow } from './testing/sample-flow.ts';

test('a document of this version is handed on as it is', () => {
  const flow = sampleFlow();
  expect(migrateFlow(flow)).toEqual({ document: flow, problems: [] });
});

test('a newer document is refused with a sentence that says what to do', () => {
  const { document, problems } = migrateFlow({ ...sampleFlow(), version: 7 });
  expect(document).toBeUndefined();
  expect(problems.map((problem) => describeProblem(problem, 'en'))).toEqual([
    'This flow was written by a newer Patchbay (document version 7; this one reads up to 1). Update Patchbay to open it.',
  ]);
});

test('older documents go through every step in order, and the given one stays as it was', () => {
  const steps = new Map<number, Migration>([
    [1, (document) => ({ ...document, name: `${String(document['name'])}, second` })],
    [2, (document) => ({ ...document, name: `${String(document['name'])}, third` })],
  ]);
  const first = { ...sampleFlow(), name: 'First' };
  expect(migrateFlow(first, steps, 3).document).toMatchObject({ version: 3, name: 'First, second, third' });
  expect(first).toMatchObject({ version: 1, name: 'First' });
});

test.each([undefined, null, 0, -1, 1.5, '1', Number.NaN])('version %s is no version', (version) => {
  expect(migrateFlow({ ...sampleFlow(), version }).problems[0]?.code).toBe('bad_version');
});

test('a version without its step cannot be read', () => {
  expect(migrateFlow(sampleFlow(), new Map(), 2).problems[0]?.code).toBe('bad_version');
});
