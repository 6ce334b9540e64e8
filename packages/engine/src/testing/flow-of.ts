import type { FlowDocument, FlowNode, Json } from '@patchbay/flow';
import {
  type Catalogue,
  createCatalogue,
  defineNode,
  field,
  type InputPort,
  type NodeDefinition,
  type OutputPort,
  type RunEvent,
  type RunResult,
  type World,
} from '@patchbay/node-kit';
import * as z from 'zod';
import { buildPlan } from '../build-plan.ts';
import type { Plan } from '../plan.ts';
import { type StartedRun, startRun } from '../start-run.ts';
import { createFakeWorld } from './fake-world.ts';

const words = { en: 'Test', 'zh-Hans': '测试' };

/** A node type for one test. Ports are written `name`, `name?` (optional) and `name~` (streams); all are texts unless said. */
export function nodeType(
  type: string,
  ports: { in?: string[]; out?: string[]; types?: Record<string, InputPort['type']>; role?: NodeDefinition['role'] },
  run: NodeDefinition['run'] = () => ({}),
): NodeDefinition {
  const read = (text: string): InputPort => {
    const id = text.replace(/[?~]/g, '');
    return { id, title: id, type: ports.types?.[id] ?? 'text', required: !text.includes('?'), stream: text.includes('~') };
  };
  const spec = {
    type,
    version: 1,
    category: 'text' as const,
    icon: 'box',
    words: { title: words, summary: words, synonyms: [] },
    config: z.looseObject({ text: field.longText({ title: words }), model: z.string().default('auto') }),
    ports: { inputs: (ports.in ?? []).map(read), outputs: (ports.out ?? []).map(read) as OutputPort[] },
    repeatable: true,
    examples: [],
    run: run as never,
  };
  return defineNode(ports.role === undefined ? spec : { ...spec, role: ports.role });
}

/** The ends of a flow: `start` gives `text` (and `other`), `end` answers `result~`, `end2` too, `both` answers a text `a` and anything as `b`. */
export const ends: NodeDefinition[] = [
  nodeType('start', { out: ['text', 'other'], role: 'flow-input' }),
  nodeType('end', { in: ['result?~'], role: 'flow-output' }),
  nodeType('both', { in: ['a?~', 'b?~'], types: { b: 'any' }, role: 'flow-output' }),
  nodeType('remark', { role: 'annotation' }),
];

/** A flow written short: nodes by id (a type name, or more), edges as `from.port > to.port`. */
export function flowOf(nodes: Record<string, string | Partial<FlowNode>>, edges: string[] = []): FlowDocument {
  const read = (node: string | Partial<FlowNode>): FlowNode =>
    typeof node === 'string' ? { type: node, config: {} } : { type: '', config: {}, ...node };
  return {
    format: 'patchbay/flow',
    version: 1,
    name: 'Test',
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, read(node)])),
    edges: edges.map((edge) => {
      const [from = '', to = ''] = edge.split(' > ');
      return { from, to };
    }),
    layout: {},
  };
}

export const catalogueOf = (...types: NodeDefinition[]): Catalogue => createCatalogue([...ends, ...types]);

export const planOf = (flow: FlowDocument, ...types: NodeDefinition[]): Plan => buildPlan(flow, catalogueOf(...types));

export interface Watched extends StartedRun {
  events: RunEvent[];
  /** Events of one kind, as they came. */
  of<Type extends RunEvent['type']>(type: Type): Extract<RunEvent, { type: Type }>[];
  /** How a step ended. */
  end(node: string): Extract<RunEvent, { type: 'step-end' }> | undefined;
}

/** Starts a run and writes its events down. */
export function watch(plan: Plan, inputs: Record<string, Json> = {}, world: Partial<World> = {}, signal?: AbortSignal): Watched {
  const events: RunEvent[] = [];
  const run = startRun(plan, inputs, { world: createFakeWorld(world), runId: 'test', signal, onEvent: (event) => events.push(event) });
  const of = <Type extends RunEvent['type']>(type: Type) =>
    events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type);
  return { ...run, events, of, end: (node) => of('step-end').find((event) => event.node === node) };
}

/** Runs to the end and gives both the result and what was seen. */
export async function runToEnd(
  plan: Plan,
  inputs: Record<string, Json> = {},
  world: Partial<World> = {},
): Promise<Watched & { done: RunResult }> {
  const watched = watch(plan, inputs, world);
  return { ...watched, done: await watched.result };
}

/** All microtasks, and one turn of the loop. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
