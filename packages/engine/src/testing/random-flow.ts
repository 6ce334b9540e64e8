import type { FlowDocument, FlowNode, Json, OnError } from '@patchbay/flow';
import { conversion, type InputPort, type OutputPort, type PortType } from '@patchbay/node-kit';
import { type Behaviour, calm } from './fake-nodes.ts';

/** A row of numbers that answers every choice; used up, it gives 0, which is always the simplest choice. */
export interface Tape {
  pick(count: number): number;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  one<Item>(items: readonly Item[]): Item;
}

export function createTape(numbers: readonly number[]): Tape {
  let at = 0;
  const pick = (count: number): number => {
    const number = numbers[at] ?? 0;
    at += 1;
    return count <= 0 ? 0 : number % count;
  };
  return {
    pick,
    chance: (percent) => pick(100) >= 100 - percent,
    one: <Item>(items: readonly Item[]): Item => items[pick(items.length)] as Item,
  };
}

const types: readonly PortType[] = ['text', 'text', 'text', 'text', 'text', 'text', 'any', 'any', 'data', 'text[]'];
const portNames = ['a', 'b', 'constructor'];

interface Source {
  end: string;
  type: PortType;
}

/** A flow in which nothing is wrong: any shape, any closings, failures, streams, bypasses and fan-ins. */
export function randomFlow(tape: Tape): { flow: FlowDocument; inputs: Record<string, Json> } {
  const flow: FlowDocument = { format: 'patchbay/flow', version: 1, name: 'Random', nodes: {}, edges: [], layout: {} };
  const sources: Source[] = [];
  const startPorts: OutputPort[] = [port('x', 'text'), port('y', 'any'), port('z', 'data'), port('w', 'any[]')];
  flow.nodes['start'] = fake('start', { inputs: [], outputs: startPorts });
  for (const { id, type } of startPorts) sources.push({ end: `start.${id}`, type });
  const count = 1 + tape.pick(9);
  for (let index = 0; index < count; index += 1) {
    if (tape.chance(18)) addContainer(tape, { flow, sources, id: `c${index}`, parent: undefined, depth: 1 });
    else addWork(tape, flow, sources, `n${index}`);
  }
  const ends = 1 + tape.pick(2);
  for (let index = 0; index < ends; index += 1) addEnd(tape, flow, sources, `end${index}`);
  if (tape.chance(10)) flow.nodes['remark'] = { type: 'note', config: {} };
  return {
    flow,
    inputs: {
      x: tape.one(['"hello"', '7', '', 'hello']),
      y: tape.one<Json>(['why', 7, ['l', 1], 'because', null]),
      w: tape.one<Json>([['p', 'q', 'r'], [1, [2]], []]),
    },
  };
}

const port = (id: string, type: PortType): OutputPort => ({ id, title: id, type });

const fake = (type: string, config: { inputs: InputPort[]; outputs: OutputPort[] } & Record<string, unknown>): FlowNode => ({
  type,
  config: config as unknown as Record<string, Json>,
});

function addWork(tape: Tape, flow: FlowDocument, sources: Source[], id: string, parent?: string): void {
  const outputs = portNames.slice(0, 1 + tape.pick(3)).map((name): OutputPort => {
    const type = tape.one(types);
    return { ...port(name, type), ...(type === 'text' && tape.chance(80) ? { stream: true } : {}) };
  });
  const inputs = portNames.slice(0, tape.pick(4)).map((name): InputPort => {
    const base = { ...port(name, tape.one(types)), required: tape.chance(60), stream: tape.chance(75) };
    return tape.chance(20) ? { ...base, default: `default of ${name}` } : base;
  });
  const text = tape.one([
    '',
    '',
    'see {{chip}}',
    '{{chip?}} and {{other?}}',
    'both {{a}}',
    'or {{chip}}',
    '{{chip?.mark}}',
    '{{other?}}',
    '{{chip.mark}}',
  ]);
  const node = fake('work', { name: id, inputs, outputs, text, behaviour: behaviour(tape, outputs) });
  flow.nodes[id] = node;
  if (parent !== undefined) node.parent = parent;
  const onError = failureRule(tape, outputs);
  if (onError !== undefined) node.onError = onError;
  if (tape.chance(8)) node.bypass = true;
  for (const input of inputs) wire(tape, flow, sources, id, node, input);
  for (const name of ['chip', 'other']) {
    if (text.includes(`{{${name}`)) wire(tape, flow, sources, id, node, { ...port(name, 'any'), required: !text.includes(`${name}?`) });
  }
  if (text.includes('{{a}}') && !inputs.some((input) => input.id === 'a'))
    wire(tape, flow, sources, id, node, { ...port('a', 'any'), required: true });
  for (const output of outputs) sources.push({ end: `${id}.${output.id}`, type: output.type });
  if (onError?.rule === 'error-output') sources.push({ end: `${id}.error`, type: 'data' });
}

interface Spot {
  flow: FlowDocument;
  sources: Source[];
  id: string;
  parent: string | undefined;
  depth: number;
}

/** A container with some work in it, and now and then another container. What stands inside may read all that its container may. */
function addContainer(tape: Tape, { flow, sources, id, parent, depth }: Spot): void {
  const type = tape.one(['for_each', 'for_each', 'repeat']);
  const condition = { op: 'contains', value: tape.one(['a', '1', 'zzz']) };
  const node: FlowNode = {
    type,
    config:
      type === 'repeat'
        ? { conditions: [condition], most: 1 + tape.pick(3) }
        : { concurrency: 1 + tape.pick(3), onFailure: tape.one(['mark', 'skip', 'stop']) },
  };
  flow.nodes[id] = node;
  if (parent !== undefined) node.parent = parent;
  const outputs = type === 'repeat' ? [port('value', 'any'), port('count', 'number')] : [port('results', 'any[]')];
  const onError = failureRule(tape, outputs);
  if (onError !== undefined && onError.rule !== 'fallback-model') node.onError = onError;
  if (tape.chance(5)) node.bypass = true;
  wire(tape, flow, sources, id, node, { ...port(type === 'repeat' ? 'start' : 'list', 'any'), required: type !== 'repeat' });
  const given = type === 'repeat' ? ['previous', 'index'] : ['item', 'index'];
  const visible = [...sources, ...given.map((name): Source => ({ end: `${id}.${name}`, type: name === 'index' ? 'number' : 'any' }))];
  const outer = visible.length;
  const count = 1 + tape.pick(3);
  for (let index = 0; index < count; index += 1) {
    if (depth < 3 && tape.chance(12)) addContainer(tape, { flow, sources: visible, id: `${id}c${index}`, parent: id, depth: depth + 1 });
    else addWork(tape, flow, visible, `${id}n${index}`, id);
  }
  wire(tape, flow, visible.slice(outer), id, node, { ...port(type === 'repeat' ? 'next' : 'result', 'any'), required: true });
  if (type === 'for_each' && tape.chance(15)) wire(tape, flow, visible.slice(outer), id, node, { ...port('stop', 'any'), required: false });
  for (const { id: name, type: made } of outputs) sources.push({ end: `${id}.${name}`, type: made });
  if (node.onError?.rule === 'error-output') sources.push({ end: `${id}.error`, type: 'data' });
}

function behaviour(tape: Tape, outputs: readonly OutputPort[]): Behaviour {
  const failing = tape.chance(18);
  return {
    ...calm,
    mode: tape.one(['now', 'stream', 'later', 'pass', 'stream', 'pass', 'stream']),
    failures: failing ? tape.one([1, 99, 2]) : 0,
    errorClass: tape.one(['provider_unavailable', 'auth', 'timeout', 'invalid_input']),
    chunksFirst: tape.pick(4),
    chunks: tape.one([2, 3, 1, 0]),
    closed: outputs.filter(() => tape.chance(15)).map(({ id }) => id),
    byInput: tape.chance(15),
    nulls: outputs.filter(() => tape.chance(3)).map(({ id }) => id),
    otherModelWorks: tape.chance(50),
  };
}

function failureRule(tape: Tape, outputs: readonly OutputPort[]): OnError | undefined {
  const rule = tape.one([undefined, 'error-output', 'error-output', 'fallback-value', 'retry', 'fallback-model'] as const);
  if (rule === undefined) return undefined;
  const onError: OnError = { rule, backoffMs: 0 };
  if (tape.chance(40)) onError.tries = 1 + tape.pick(3);
  if (rule === 'fallback-model') onError.model = 'p/other';
  if (rule === 'fallback-value')
    onError.values = Object.fromEntries(outputs.filter(() => tape.chance(70)).map(({ id }) => [id, `fallback ${id}`]));
  return onError;
}

/** One edge, several with a rule, or none: then a literal, without which a required port would be a fault. */
function wire(tape: Tape, flow: FlowDocument, sources: readonly Source[], id: string, node: FlowNode, input: InputPort): void {
  const fanIn = tape.one([undefined, undefined, 'first', undefined, 'first', 'list', 'text'] as const);
  const fitting = sources.filter(({ type }) => fanIn === 'list' || fanIn === 'text' || conversion(type, input.type) !== null);
  const wanted = fanIn === undefined ? 1 : 1 + tape.pick(3);
  const chosen = new Set<Source>();
  for (let edge = 0; edge < wanted && fitting.length > 0 && !tape.chance(10); edge += 1) {
    // Late sources more often than early ones, so that long chains come about.
    chosen.add(fitting[fitting.length - 1 - Math.min(tape.pick(fitting.length), tape.pick(fitting.length))] as Source);
  }
  for (const { end } of chosen) flow.edges.push({ from: end, to: `${id}.${input.id}` });
  if (chosen.size > 0 && fanIn !== undefined) node.fanIn = { ...node.fanIn, [input.id]: fanIn };
  if (chosen.size === 0 && (input.required || tape.chance(30)))
    node.values = { ...node.values, [input.id]: tape.one<Json>(['literal', '', 'null']) };
}

function addEnd(tape: Tape, flow: FlowDocument, sources: readonly Source[], id: string): void {
  const names = tape.one([['a'], ['a', 'b'], ['b'], ['b', 'a', 'constructor']]);
  const inputs = names.map((name): InputPort => ({ ...port(name, tape.one(types)), required: false, stream: true }));
  const node = fake('end', { inputs, outputs: [] });
  flow.nodes[id] = node;
  if (tape.chance(4)) node.bypass = true;
  for (const input of inputs) wire(tape, flow, sources, id, node, input);
}
