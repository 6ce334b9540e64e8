import type { FlowDocument } from '@patchbay/flow';
import type { Catalogue, RunEvent } from '@patchbay/node-kit';
import { type GraphPort, readGraph } from '../reference/graph.ts';
import { stepKey } from '../reference/interpret.ts';

/**
 * What must hold of the events of any run, whatever it did: each step starts at most once and ends at most once,
 * never before its edges allow it; `run-start` is first; `run-end` is last and the only one; texts agree with their chunks.
 */
export function findBrokenLaw(flow: FlowDocument, catalogue: Catalogue, events: readonly RunEvent[]): string | undefined {
  return findOrderFault(events) ?? findStepFault(flow, catalogue, events) ?? findOutputFault(events);
}

function findOrderFault(events: readonly RunEvent[]): string | undefined {
  if (events[0]?.type !== 'run-start') return 'run-start is not first';
  if (events.at(-1)?.type !== 'run-end') return 'run-end is not last';
  return events.filter((event) => event.type === 'run-end' || event.type === 'run-start').length === 2
    ? undefined
    : 'a run starts and ends once';
}

function findStepFault(flow: FlowDocument, catalogue: Catalogue, events: readonly RunEvent[]): string | undefined {
  const ports = readPorts(flow, catalogue);
  const started = new Set<string>();
  const ended = new Set<string>();
  const chunked = new Set<string>();
  for (const event of events) {
    if (!('scope' in event)) continue;
    const step = stepKey(event.scope, event.node);
    const around = containerOf(event.scope);
    if (around !== undefined && (!started.has(around) || ended.has(around))) return `${step} moves while its container does not run`;
    if (event.type === 'step-chunk') {
      if (!started.has(step) || ended.has(step)) return `${step} gives a chunk while it does not run`;
      chunked.add(`${step}.${event.port}`);
    } else if (event.type === 'step-start') {
      if (started.has(step)) return `${step} starts twice`;
      started.add(step);
      const early = ports.get(event.node)?.find((port) => !isSettled(port, event.scope, ended, chunked));
      if (early !== undefined) return `${step} starts before ${early.id} is settled`;
    } else if (event.type === 'step-end') {
      if (ended.has(step)) return `${step} ends twice`;
      if (event.status === 'succeeded' && event.recalled !== true && !started.has(step)) return `${step} succeeds without a start`;
      if (event.recalled === true && started.has(step)) return `${step} is recalled after its start`;
      if (event.status === 'skipped' && started.has(step)) return `${step} is skipped after its start`;
      ended.add(step);
    }
  }
  const open = [...started].find((node) => !ended.has(node));
  return open === undefined ? undefined : `${open} never ends`;
}

/** Inputs by node, at the top and inside every container. */
function readPorts(flow: FlowDocument, catalogue: Catalogue): Map<string, GraphPort[]> {
  const levels = new Set(Object.values(flow.nodes).map(({ parent }) => parent));
  const nodes = [...levels].flatMap((level) => readGraph(flow, catalogue, level).nodes);
  return new Map(nodes.flatMap(({ id, role, inputs }) => (role === 'flow-output' ? [] : [[id, inputs] as const])));
}

/** The container a turn belongs to: `a/0/b~2/1` is a turn of `b` in the turn `a/0`. */
function containerOf(scope: string): string | undefined {
  const parts = scope.split('/').slice(0, -1);
  const node = parts.pop()?.replace(/~.*/, '');
  return node === undefined ? undefined : stepKey(parts.join('/'), node);
}

function isSettled(port: GraphPort, scope: string, ended: ReadonlySet<string>, chunked: ReadonlySet<string>): boolean {
  const settled = port.wires.map(({ from, fromPort, streams, outside }) => {
    const step = stepKey(scope, from);
    return outside || ended.has(step) || (streams && chunked.has(`${step}.${fromPort}`));
  });
  return port.rule === 'first' ? settled[0] !== false : settled.every((each) => each);
}

function findOutputFault(events: readonly RunEvent[]): string | undefined {
  const texts = new Map<string, string>();
  const ended = new Set<string>();
  for (const event of events) {
    if (event.type === 'output-chunk') {
      if (ended.has(event.output)) return `${event.output} goes on after its end`;
      texts.set(event.output, (texts.get(event.output) ?? '') + event.text);
    } else if (event.type === 'output-end') {
      if (ended.has(event.output)) return `${event.output} ends twice`;
      ended.add(event.output);
      const text = texts.get(event.output);
      if (text !== undefined && event.value !== text) return `${event.output} is not what its chunks say`;
    }
  }
  const open = [...texts.keys()].find((output) => !ended.has(output));
  return open === undefined ? undefined : `${open} has chunks and no end`;
}
