import type { FlowDocument } from '@patchbay/flow';
import { type Catalogue, type OutputPort, portsOf } from '@patchbay/node-kit';

/** For each node that chooses, the outputs it opens; none where it lets nothing through. */
export type Choices = ReadonlyMap<string, readonly string[]>;
type Chooser = [node: string, ways: readonly string[][]];

export interface Routes {
  all: Choices[];
  /** False where there are more than are looked at. */
  complete: boolean;
}

/** So many routes are walked; a flow with more is judged by these. */
export const mostRoutes = 64;

/** Every way the choosing nodes of a flow can go, all together, first ways first. */
export function routesOf(flow: FlowDocument, catalogue: Catalogue): Routes {
  const choosers = Object.entries(flow.nodes).flatMap(([id, node]): Chooser[] => {
    const definition = catalogue.get(node.type);
    if (definition === undefined || node.bypass === true) return [];
    const ways = waysOf(portsOf(definition, node).outputs);
    return ways.length === 0 ? [] : [[id, ways]];
  });
  const count = choosers.reduce((product, [, ways]) => product * ways.length, 1);
  if (count <= mostRoutes) return { all: product(choosers), complete: true };
  return { all: oneByOne(choosers), complete: false };
}

/** What a node may open at once. Of ways that are taken each by itself: all of them, one of them, or none. */
function waysOf(outputs: readonly OutputPort[]): string[][] {
  const named = (way: OutputPort['way']): string[] => outputs.filter((port) => port.way === way).map((port) => port.id);
  const some = named('some');
  if (some.length > 0) return [some, ...(some.length > 1 ? some.map((id) => [id]) : []), named('rest')];
  const one = named('one').map((id) => [id]);
  return one.length === 1 ? [...one, []] : one;
}

function product(choosers: readonly Chooser[]): Choices[] {
  let all: Choices[] = [new Map()];
  for (const [id, ways] of choosers) all = all.flatMap((choices) => ways.map((way) => new Map([...choices, [id, way]])));
  return all;
}

/** The first ways of all, and each other way with the first ways of the rest: no step behind a single choice is missed. */
function oneByOne(choosers: readonly Chooser[]): Choices[] {
  const first = new Map(choosers.map(([id, ways]) => [id, ways[0] ?? []]));
  const others = choosers.flatMap(([id, ways]) => ways.slice(1).map((way) => new Map([...first, [id, way]])));
  return [first, ...others].slice(0, mostRoutes);
}
