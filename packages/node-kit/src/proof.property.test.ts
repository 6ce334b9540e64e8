import { type FlowDocument, splitEnd } from '@patchbay/flow';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OutputPort } from './ports.ts';
import { checkRoutes } from './proof.ts';
import { type ResolvedFlow, resolveFlow } from './resolve.ts';
import { flowOf, sampleCatalogue } from './testing/sample-catalogue.ts';

/** The choices each choosing node of the sample makes; `''` is a filter that stops, or a label that does not fit. */
const choicesOf = (id: string, type: string): [string, readonly string[]][] => {
  if (type === 'branch') return [[id, ['yes', 'no']]];
  if (type === 'filter') return [[id, ['kept', '']]];
  return type === 'sort' ? ['a', 'b'].map((port) => [`${id}.${port}`, [port, '']]) : [];
};

/** One node of a random flow: its kind, and for each place it reads from, which earlier node and which of its outputs. */
interface Piece {
  kind: 'branch' | 'filter' | 'sort' | 'prompt';
  reads: { from: number; port: number }[];
  optional: boolean;
}

const arbitraryPiece: fc.Arbitrary<Piece> = fc.record({
  kind: fc.constantFrom('branch', 'filter', 'sort', 'prompt'),
  reads: fc.array(fc.record({ from: fc.nat(20), port: fc.nat(20) }), { minLength: 1, maxLength: 3 }),
  optional: fc.boolean(),
});

const outputsOf = (kind: Piece['kind'] | 'input'): string[] =>
  ({ branch: ['yes', 'no', 'choice'], filter: ['kept'], sort: ['a', 'b', 'rest'], prompt: ['text'], input: ['text'] })[kind];

/** A flow in which every piece reads from earlier ones, and an output from some of them by `first`. */
function build(pieces: readonly Piece[], ends: readonly { from: number; port: number }[]): FlowDocument {
  const kinds: ('input' | Piece['kind'])[] = ['input', ...pieces.map((piece) => piece.kind)];
  const source = (before: number, { from, port }: { from: number; port: number }): string => {
    const index = from % before;
    const outputs = outputsOf(kinds[index] ?? 'input');
    return `n${index}.${outputs[port % outputs.length]}`;
  };
  const nodes: Record<string, Parameters<typeof flowOf>[0][string]> = { n0: 'input' };
  const wires: string[] = [];
  for (const [index, { kind, reads, optional }] of pieces.entries()) {
    const id = `n${index + 1}`;
    if (kind === 'prompt') {
      const template = reads.map((_, place) => `{{c${place}${optional && place > 0 ? '?' : ''}}}`).join(' ');
      nodes[id] = { type: kind, config: { template } };
      for (const [place, read] of reads.entries()) wires.push(`${source(index + 1, read)} > ${id}.c${place}`);
    } else {
      nodes[id] = { type: kind, fanIn: { value: 'first' } };
      for (const read of reads) wires.push(`${source(index + 1, read)} > ${id}.value`);
    }
  }
  nodes['end'] = { type: 'output', fanIn: { result: 'list' } };
  for (const end of ends) wires.push(`${source(kinds.length, end)} > end.result`);
  return flowOf(nodes, ...new Set(wires));
}

/** Which nodes run and which outputs are open when every chooser takes the given way: the semantics, word for word. */
function simulate(resolved: ResolvedFlow, choices: ReadonlyMap<string, string>): { ran: Set<string>; ended: boolean } {
  const ran = new Set<string>();
  const open = new Set<string>();
  const opens = (id: string, { id: port, way }: OutputPort): boolean => {
    if (way === 'rest') return ['a', 'b'].every((other) => choices.get(`${id}.${other}`) === '');
    return way === undefined || choices.get(way === 'some' ? `${id}.${port}` : id) === port;
  };
  const portOpen = (end: string): boolean =>
    !resolved.wiresInto.has(end) || resolved.flow.edges.some((edge) => edge.to === end && open.has(edge.from));
  for (const [id, placed] of resolved.nodes) {
    if (!placed.inputs.every((port) => !port.required || portOpen(`${id}.${port.id}`))) continue;
    ran.add(id);
    for (const port of placed.outputs) if (opens(id, port)) open.add(`${id}.${port.id}`);
  }
  return { ran, ended: resolved.flow.edges.some((edge) => splitEnd(edge.to).node === 'end' && open.has(edge.from)) };
}

function everyChoice(resolved: ResolvedFlow): Map<string, string>[] {
  let all: Map<string, string>[] = [new Map()];
  for (const [id, { node }] of resolved.nodes) {
    for (const [chooser, ways] of choicesOf(id, node.type))
      all = all.flatMap((choices) => ways.map((way) => new Map([...choices, [chooser, way]])));
  }
  return all;
}

const readRoute = (route: string): [string, string][] => route.split(',').map((choice) => choice.split('=') as [string, string]);

test('what is proven of every route is what happens on every route', { timeout: 120_000 }, () => {
  const ends = fc.array(fc.record({ from: fc.nat(20), port: fc.nat(20) }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(arbitraryPiece, { minLength: 1, maxLength: 7 }), ends, (pieces, outputs) => {
      const resolved = resolveFlow(build(pieces, outputs), sampleCatalogue);
      const runs = everyChoice(resolved).map((choices) => ({ choices, ...simulate(resolved, choices) }));
      const problems = checkRoutes(resolved);
      const codes = new Map(problems.filter((problem) => problem.node === 'end').map((problem) => [problem.code, problem]));

      const sometimes = runs.some((run) => run.ended);
      const always = runs.every((run) => run.ended);
      expect(codes.has('output_never_set')).toBe(!sometimes);
      expect(codes.has('output_may_be_empty')).toBe(sometimes && !always);

      const route = codes.get('output_may_be_empty')?.params['route'];
      if (route !== undefined) {
        const along = runs.filter(({ choices }) => readRoute(String(route)).every(([node, way]) => choices.get(node) === way));
        expect(along.length).toBeGreaterThan(0);
        expect(along.every((run) => !run.ended)).toBe(true);
      }

      const dead = [...resolved.nodes.keys()].filter((id) => runs.every((run) => !run.ran.has(id)));
      const named = problems.filter((problem) => problem.code === 'never_runs').map((problem) => problem.node ?? '');
      for (const id of named) expect(dead).toContain(id);
      // What only follows from another dead step is not named again, but a first one always is.
      if (dead.length > 0) expect(named.length).toBeGreaterThan(0);
    }),
    { numRuns: 1_000 },
  );
});
