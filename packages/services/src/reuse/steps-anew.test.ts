import { type FlowDocument, parseFlow } from '@patchbay/flow';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { stepsFrom, stepsOnly } from './steps-anew.ts';
import { flowText, input, output, says } from './testing.ts';

function read(text: string): FlowDocument {
  const { flow } = parseFlow(text);
  if (flow === undefined) throw new Error('no flow');
  return flow;
}

/** A step before a loop, three in it of which two are a line, one after it, and one beside all. */
const withLoop = (type: 'for_each' | 'repeat') =>
  read(
    flowText(
      {
        in: input,
        before: says('{{text}}'),
        loop: { type },
        a: { ...says('{{item}}'), parent: 'loop' },
        b: { ...says('{{text}} {{outer}}'), parent: 'loop' },
        side: { ...says('{{item}}'), parent: 'loop' },
        after: says('{{text}}'),
        beside: says('{{text}}'),
        out: output,
      },
      [
        'in.text > before.text',
        'in.text > beside.text',
        `before.text > loop.${type === 'repeat' ? 'start' : 'list'}`,
        `loop.${type === 'repeat' ? 'previous' : 'item'} > a.item`,
        `loop.${type === 'repeat' ? 'previous' : 'item'} > side.item`,
        'a.text > b.text',
        'before.text > b.outer',
        `b.text > loop.${type === 'repeat' ? 'next' : 'result'}`,
        `loop.${type === 'repeat' ? 'value' : 'results'} > after.text`,
        'after.text > out.reply',
      ],
    ),
  );
const sorted = (ids: ReadonlySet<string>) => [...ids].sort();
const all = ['a', 'after', 'b', 'before', 'loop', 'out', 'side'];

test('from a step before a loop everything in and after it is anew', () => {
  expect(sorted(stepsFrom(withLoop('for_each'), catalogue, 'before'))).toEqual(all);
  expect(sorted(stepsFrom(withLoop('for_each'), catalogue, 'loop'))).toEqual(all.filter((id) => id !== 'before'));
});

test('from a step in a loop its turns are gone through, and what stands before it in each is not anew', () => {
  expect(sorted(stepsFrom(withLoop('for_each'), catalogue, 'b'))).toEqual(['after', 'b', 'loop', 'out']);
  expect(sorted(stepsFrom(withLoop('for_each'), catalogue, 'a'))).toEqual(['a', 'after', 'b', 'loop', 'out']);
  expect(sorted(stepsFrom(withLoop('for_each'), catalogue, 'after'))).toEqual(['after', 'out']);
});

test('where a turn follows from the one before it nothing in the loop stays', () => {
  expect(sorted(stepsFrom(withLoop('repeat'), catalogue, 'b'))).toEqual(['a', 'after', 'b', 'loop', 'out', 'side']);
  expect(sorted(stepsOnly(withLoop('repeat'), catalogue, ['b']))).toEqual(['a', 'b', 'loop', 'side']);
});

test('steps asked for by name run with what stands in them and around them, and with what only passes values on', () => {
  const flow = withLoop('for_each');
  expect(sorted(stepsOnly(flow, catalogue, ['a']))).toEqual(['a', 'loop']);
  expect(sorted(stepsOnly(flow, catalogue, ['a', 'loop']))).toEqual(['a', 'b', 'loop', 'side']);
  expect(sorted(stepsOnly(flow, catalogue, ['after']))).toEqual(['after']);
  const passing = { ...flow, nodes: { ...flow.nodes, before: { ...says('x'), config: {}, bypass: true } } } as FlowDocument;
  expect(sorted(stepsOnly(passing, catalogue, ['after']))).toEqual(['after', 'before']);
});

test('a long line is followed to its end', () => {
  const count = 1_500;
  const nodes = Object.fromEntries(Array.from({ length: count }, (_, at) => [`n${at}`, says('{{text}}')]));
  const edges = Array.from({ length: count - 1 }, (_, at) => `n${at}.text > n${at + 1}.text`);
  expect(stepsFrom(read(flowText(nodes, edges)), catalogue, 'n0').size).toBe(count);
});
