/**
 * The routes of a run as far as they are chosen by nodes. A box holds for the choices it names, any of the given ways each;
 * a set of boxes holds where one of them does. The empty box always holds, no box at all never.
 */
export type Box = ReadonlyMap<string, ReadonlySet<string>>;
/** Undefined: too many cases to follow, so nothing is claimed. */
export type Routes = readonly Box[] | undefined;

/** All ways of each chooser, choosers in the order in which a run reaches them. */
export type Choosers = ReadonlyMap<string, readonly string[]>;

/** Boxes of one set, and choices of one box, that are followed. */
const boxLimit = 32;
const choiceLimit = 64;
const everywhere: Box = new Map();
export const always: Routes = [everywhere];
export const never: Routes = [];

export const isNever = (routes: Routes): boolean => routes !== undefined && routes.length === 0;

/** The routes on which a chooser takes one way. */
export const onWay = (chooser: string, way: string): Routes => [new Map([[chooser, new Set([way])]])];

/** Where both hold. */
export function both(a: Routes, b: Routes, choosers: Choosers): Routes {
  if (isNever(a) || isNever(b)) return never;
  if (a === undefined || b === undefined) return undefined;
  return tidy(
    a.flatMap((left) => b.flatMap((right) => meet(left, right) ?? [])),
    choosers,
  );
}

/** Where one of them holds. */
export function either(all: readonly Routes[], choosers: Choosers): Routes {
  if (all.some((routes) => routes?.some((box) => box.size === 0))) return always;
  if (all.some((routes) => routes === undefined)) return undefined;
  return tidy(
    all.flatMap((routes) => routes ?? []),
    choosers,
  );
}

function meet(a: Box, b: Box): Box[] | undefined {
  const box = new Map(a);
  for (const [chooser, ways] of b) {
    const mine = box.get(chooser);
    const shared = mine === undefined ? ways : new Set([...mine].filter((way) => ways.has(way)));
    if (shared.size === 0) return undefined;
    box.set(chooser, shared);
  }
  return [box];
}

/** Joins boxes that differ in one choice only, and drops what another holds already. */
function tidy(boxes: readonly Box[], choosers: Choosers): Routes {
  const kept: Box[] = [];
  if (boxes.some((box) => box.size > choiceLimit)) return undefined;
  for (const box of boxes) {
    let open: Box | undefined = box;
    while (open !== undefined) {
      const partner: number = kept.findIndex((other) => join(other, open as Box, choosers) !== undefined);
      if (partner === -1) break;
      open = join(kept[partner] as Box, open, choosers);
      kept.splice(partner, 1);
    }
    kept.push(open ?? box);
    if (kept.length > boxLimit) return undefined;
  }
  return kept;
}

/** One box for two, where that loses nothing. */
function join(a: Box, b: Box, choosers: Choosers): Box | undefined {
  if (holds(a, b)) return a;
  if (holds(b, a)) return b;
  if (a.size !== b.size) return undefined;
  const differing = [...a.keys()].filter((chooser) => !sameWays(a.get(chooser), b.get(chooser)));
  const [chooser] = differing;
  if (chooser === undefined || differing.length > 1 || !b.has(chooser)) return undefined;
  const ways = new Set([...(a.get(chooser) ?? []), ...(b.get(chooser) ?? [])]);
  const joined = new Map(a);
  if (ways.size === choosers.get(chooser)?.length) joined.delete(chooser);
  else joined.set(chooser, ways);
  return joined;
}

/** True where the inner box lies wholly inside the outer. */
const holds = (outer: Box, inner: Box): boolean =>
  [...outer].every(([chooser, ways]) => {
    const narrower = inner.get(chooser);
    return narrower !== undefined && within(narrower, ways);
  });

const within = (narrower: ReadonlySet<string>, wider: ReadonlySet<string>): boolean => [...narrower].every((way) => wider.has(way));

const sameWays = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean =>
  a !== undefined && b !== undefined && a.size === b.size && within(a, b);

/** Choices looked at before the search for a gap gives up. */
const gapLimit = 5_000;

/** One route on which the given routes do not hold, as the choices that make it, or undefined where there is none. */
export function gapIn(routes: Routes, choosers: Choosers): Map<string, string> | undefined {
  if (routes === undefined) return undefined;
  const budget = { left: gapLimit };
  const path = search(routes, [...choosers.keys()], choosers, budget);
  return path === undefined || budget.left <= 0 ? undefined : new Map(path);
}

function search(
  boxes: readonly Box[],
  order: readonly string[],
  choosers: Choosers,
  budget: { left: number },
): [string, string][] | undefined {
  budget.left -= 1;
  if (boxes.length === 0) return [];
  if (budget.left <= 0 || boxes.some((box) => box.size === 0)) return undefined;
  const chooser = order.find((name) => boxes.some((box) => box.has(name)));
  if (chooser === undefined) return undefined;
  // The way that the fewest boxes allow is tried first: it is the nearest to a gap, and makes the shortest route.
  const tries = (choosers.get(chooser) ?? []).map((way) => ({ way, rest: boxes.filter((box) => box.get(chooser)?.has(way) !== false) }));
  for (const { way, rest } of tries.sort((a, b) => a.rest.length - b.rest.length)) {
    const path = search(
      rest.map((box) => new Map([...box].filter(([name]) => name !== chooser))),
      order,
      choosers,
      budget,
    );
    if (path !== undefined) return [[chooser, way], ...path];
  }
  return undefined;
}
