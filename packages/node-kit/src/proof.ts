import { type Problem, pointerStep, type Words, wordParams } from '@patchbay/flow';
import type { KitCode } from './describe-problem.ts';
import { labelParams, labelText } from './label.ts';
import type { OutputPort } from './ports.ts';
import { errorPort } from './ports-of.ts';
import type { PlacedNode, ResolvedFlow, Wire } from './resolve.ts';
import { always, both, type Choosers, either, gapIn, isNever, onWay, type Routes } from './routes.ts';

/** The way of a node that leaves its only way closed, or does not fail. */
const closed = '';

/**
 * The static proof: on which routes does each step run and each output have a value? Names steps that can run on none,
 * outputs that are never set, and for an output that may be empty one route on which it is.
 */
export function checkRoutes(resolved: ResolvedFlow): Problem<KitCode>[] {
  const order = inOrder(resolved);
  const choosers: Choosers = new Map(order.flatMap(choosersOf));
  const routes = new Map<string, Routes>();
  const proof: Proof = { resolved, choosers, routes };
  const problems: Problem<KitCode>[] = [];
  for (const placed of order) {
    const ports = placed.inputs
      .filter((port) => port.required && port.inner !== true)
      .map((port) => ({ port, routes: portRoutes(proof, placed, port.id) }));
    const runs =
      placed.node.bypass === true ? undefined : ports.reduce((all: Routes, one) => both(all, one.routes, choosers), around(proof, placed));
    routes.set(placed.id, runs);
    if (!isNever(runs) || ports.some((port) => isNever(port.routes))) continue;
    const needs = ports.filter((port) => gapIn(port.routes, choosers) !== undefined).map(({ port }) => port.title);
    const params = wordParams('ports', '', { en: list(needs, 'en'), 'zh-Hans': list(needs, 'zh-Hans') });
    problems.push({ code: 'never_runs', severity: 'warning', pointer: `/nodes/${pointerStep(placed.id)}`, node: placed.id, params });
  }
  return [...problems, ...checkResults(proof, order), ...checkOutputs(proof, order)];
}

interface Proof {
  resolved: ResolvedFlow;
  choosers: Choosers;
  routes: Map<string, Routes>;
}

const list = (titles: readonly Parameters<typeof labelText>[0][], locale: 'en' | 'zh-Hans'): string =>
  titles.map((title) => labelText(title, locale)).join(locale === 'en' ? ', ' : '、');

/** The routes on which a step has its turn at all: inside a container those of the container, in each of whose turns it may choose anew. */
function around({ resolved, routes }: Proof, { node: { parent } }: PlacedNode): Routes {
  if (parent === undefined) return always;
  return resolved.nodes.has(parent) ? routes.get(parent) : undefined;
}

const waysOf = (placed: PlacedNode, way: OutputPort['way']): OutputPort[] => placed.outputs.filter((port) => port.way === way);
/** A way that is taken or not, whatever the others are. */
const taking = (placed: PlacedNode, port: OutputPort): string => `${placed.id}.${port.id}`;
const failing = (placed: PlacedNode): string => `${placed.id}.${errorPort.id}`;
const hasErrorPort = (placed: PlacedNode): boolean => placed.node.onError?.rule === 'error-output';

function choosersOf(placed: PlacedNode): [string, readonly string[]][] {
  const ways = waysOf(placed, 'one').map((port) => port.id);
  const own: [string, readonly string[]][] = ways.length === 0 ? [] : [[placed.id, ways.length === 1 ? [...ways, closed] : ways]];
  for (const port of waysOf(placed, 'some')) own.push([taking(placed, port), [port.id, closed]]);
  return hasErrorPort(placed) ? [[failing(placed), [closed, errorPort.id]], ...own] : own;
}

function portRoutes(proof: Proof, placed: PlacedNode, port: string): Routes {
  const wires = proof.resolved.wiresInto.get(`${placed.id}.${port}`);
  if (wires === undefined) return always;
  return either(
    wires.map((wire) => wireRoutes(proof, wire)),
    proof.choosers,
  );
}

/** The routes on which a wire carries a value: its source runs, and opens this output. */
function wireRoutes({ routes, choosers }: Proof, { from, output }: Wire): Routes {
  const runs = routes.get(from.id);
  const isError = hasErrorPort(from) && output.id === errorPort.id;
  const way = isError ? runs : both(runs, chosen(from, output, choosers), choosers);
  return hasErrorPort(from) ? both(way, onWay(failing(from), isError ? errorPort.id : closed), choosers) : way;
}

/** The routes on which a node that runs opens this output. */
function chosen(placed: PlacedNode, output: OutputPort, choosers: Choosers): Routes {
  if (output.way === undefined) return always;
  if (output.way === 'one') return onWay(placed.id, output.id);
  if (output.way === 'some') return onWay(taking(placed, output), output.id);
  return waysOf(placed, 'some').reduce((all: Routes, port) => both(all, onWay(taking(placed, port), closed), choosers), always);
}

/** What a container gathers from its turns: where no route inside leads to it, it gathers nothing. */
function checkResults({ resolved, routes, choosers }: Proof, order: readonly PlacedNode[]): Problem<KitCode>[] {
  return order.flatMap((placed) => {
    const gathered = placed.inputs.filter(
      (port) => port.required && port.inner === true && resolved.wiresInto.has(`${placed.id}.${port.id}`),
    );
    return gathered.flatMap((port): Problem<KitCode>[] => {
      if (isNever(routes.get(placed.id)) || !isNever(portRoutes({ resolved, routes, choosers }, placed, port.id))) return [];
      const place = { pointer: `/nodes/${pointerStep(placed.id)}`, node: placed.id, port: port.id };
      return [{ ...place, code: 'result_never_set', severity: 'warning', params: labelParams('result', port.id, port.title) }];
    });
  });
}

function checkOutputs(proof: Proof, order: readonly PlacedNode[]): Problem<KitCode>[] {
  const fields = new Map<
    string,
    { placed: PlacedNode; port: string; title: Parameters<typeof labelText>[0]; routes: Routes[]; wired: boolean }
  >();
  for (const placed of order.filter((node) => node.definition.role === 'flow-output' && node.node.bypass !== true)) {
    for (const port of placed.inputs) {
      const field = fields.get(port.id) ?? { placed, port: port.id, title: port.title, routes: [], wired: false };
      fields.set(port.id, field);
      const literal = placed.node.values !== undefined && Object.hasOwn(placed.node.values, port.id);
      if (!literal && !proof.resolved.wiresInto.has(`${placed.id}.${port.id}`)) continue;
      field.wired = true;
      field.routes.push(portRoutes(proof, placed, port.id));
    }
  }
  return [...fields.values()].flatMap(({ placed, port, title, routes, wired }): Problem<KitCode>[] => {
    const place = { pointer: `/nodes/${pointerStep(placed.id)}`, node: placed.id, port };
    const params = labelParams('output', port, title);
    if (!wired) return [{ ...place, code: 'output_not_connected', severity: 'warning', params }];
    const all = either(routes, proof.choosers);
    if (isNever(all)) return [{ ...place, code: 'output_never_set', severity: 'error', params }];
    const gap = gapIn(all, proof.choosers);
    if (gap === undefined) return [];
    return [{ ...place, code: 'output_may_be_empty', severity: 'warning', params: { ...params, ...routeParams(proof, gap) } }];
  });
}

/** A route in words: “Branch” → No. */
function routeParams({ resolved }: Proof, gap: ReadonlyMap<string, string>): Record<string, string> {
  const say = (locale: 'en' | 'zh-Hans'): string =>
    [...gap].map(([chooser, way]) => `“${titleOf(resolved, chooser, locale)}” → ${wayTitle(resolved, chooser, way, locale)}`).join(' · ');
  const plain = [...gap].map(([chooser, way]) => `${chooser}=${way}`).join(',');
  return wordParams('route', plain, { en: say('en'), 'zh-Hans': say('zh-Hans') });
}

const nodeAt = ({ nodes }: ResolvedFlow, chooser: string): PlacedNode | undefined => nodes.get(chooser.split('.', 1)[0] ?? '');

function titleOf(resolved: ResolvedFlow, chooser: string, locale: 'en' | 'zh-Hans'): string {
  const placed = nodeAt(resolved, chooser);
  return placed?.node.title ?? placed?.definition.words.title[locale] ?? chooser;
}

const closedWords: Words = { en: 'stopped', 'zh-Hans': '已拦下' };
const notTakenWords: Words = { en: 'does not fit', 'zh-Hans': '不符合' };
const succeededWords: Words = { en: 'no error', 'zh-Hans': '无错误' };

function wayTitle(resolved: ResolvedFlow, chooser: string, way: string, locale: 'en' | 'zh-Hans'): string {
  const placed = nodeAt(resolved, chooser);
  const own = placed?.outputOf.get(chooser.slice((placed?.id.length ?? 0) + 1));
  if (way === closed && own !== undefined && own.id !== errorPort.id) return `${labelText(own.title, locale)}: ${notTakenWords[locale]}`;
  if (way === closed) return (chooser.includes('.') ? succeededWords : closedWords)[locale];
  const port = placed?.outputOf.get(way);
  return port === undefined ? way : labelText(port.title, locale);
}

/** Nodes after all they read from. The flow has no cycles: routes are looked at only where nothing else is wrong. */
function inOrder({ nodes, wiresInto }: ResolvedFlow): PlacedNode[] {
  const readers = new Map<string, string[]>();
  const waiting = new Map([...nodes.keys()].map((id) => [id, 0]));
  const after = (first: string, then: string): void => {
    waiting.set(then, (waiting.get(then) ?? 0) + 1);
    const list = readers.get(first);
    if (list === undefined) readers.set(first, [then]);
    else list.push(then);
  };
  // What a container's inside gives back makes the container not wait: its turns come after it has begun.
  for (const { from, to } of [...wiresInto.values()].flat()) if (from.node.parent !== to.id) after(from.id, to.id);
  for (const { id, node } of nodes.values()) if (node.parent !== undefined && nodes.has(node.parent)) after(node.parent, id);
  const queue = [...nodes.keys()].filter((id) => waiting.get(id) === 0);
  for (let head = 0; head < queue.length; head += 1) {
    for (const reader of readers.get(queue[head] ?? '') ?? []) {
      const left = (waiting.get(reader) ?? 0) - 1;
      waiting.set(reader, left);
      if (left === 0) queue.push(reader);
    }
  }
  return queue.flatMap((id) => nodes.get(id) ?? []);
}
