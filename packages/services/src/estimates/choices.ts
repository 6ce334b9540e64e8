import type { FlowDocument } from '@patchbay/flow';
import { type Catalogue, portsOf } from '@patchbay/node-kit';

/** For each node that chooses, the output it takes; `''` where it lets nothing through. */
export type Choices = ReadonlyMap<string, string>;

export interface Routes {
  all: Choices[];
  /** False where there are more than are looked at. */
  complete: boolean;
}

/** So many routes are walked; a flow with more is judged by these. */
export const mostRoutes = 64;

/** Every way the choosing nodes of a flow can go, all together, first ways first. */
export function routesOf(flow: FlowDocument, catalogue: Catalogue): Routes {
  const choosers = Object.entries(flow.nodes).flatMap(([id, node]): [string, string[]][] => {
    const definition = catalogue.get(node.type);
    if (definition === undefined || node.bypass === true) return [];
    const ways = portsOf(definition, node)
      .outputs.filter((port) => port.way === true)
      .map((port) => port.id);
    return ways.length === 0 ? [] : [[id, ways.length === 1 ? [...ways, ''] : ways]];
  });
  const count = choosers.reduce((product, [, ways]) => product * ways.length, 1);
  if (count <= mostRoutes) return { all: product(choosers), complete: true };
  return { all: oneByOne(choosers), complete: false };
}

function product(choosers: readonly [string, string[]][]): Choices[] {
  let all: Choices[] = [new Map()];
  for (const [id, ways] of choosers) all = all.flatMap((choices) => ways.map((way) => new Map([...choices, [id, way]])));
  return all;
}

/** The first ways of all, and each other way with the first ways of the rest: no step behind a single choice is missed. */
function oneByOne(choosers: readonly [string, string[]][]): Choices[] {
  const first = new Map(choosers.map(([id, ways]) => [id, ways[0] ?? '']));
  const others = choosers.flatMap(([id, ways]) => ways.slice(1).map((way) => new Map([...first, [id, way]])));
  return [first, ...others].slice(0, mostRoutes);
}
