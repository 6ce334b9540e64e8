import type { FlowDocument } from '@patchbay/flow';
import type { Catalogue, RunEvent } from '@patchbay/node-kit';
import { type GraphPort, readGraph } from '../reference/graph.ts';

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
  const ports = new Map(readGraph(flow, catalogue).nodes.map((node) => [node.id, node.role === 'flow-output' ? [] : node.inputs]));
  const started = new Set<string>();
  const ended = new Set<string>();
  const chunked = new Set<string>();
  for (const event of events) {
    if (event.type === 'step-chunk') {
      if (!started.has(event.node) || ended.has(event.node)) return `${event.node} gives a chunk while it does not run`;
      chunked.add(`${event.node}.${event.port}`);
    } else if (event.type === 'step-start') {
      if (started.has(event.node)) return `${event.node} starts twice`;
      started.add(event.node);
      const early = ports.get(event.node)?.find((port) => !isSettled(port, ended, chunked));
      if (early !== undefined) return `${event.node} starts before ${early.id} is settled`;
    } else if (event.type === 'step-end') {
      if (ended.has(event.node)) return `${event.node} ends twice`;
      if (event.status === 'succeeded' && event.recalled !== true && !started.has(event.node))
        return `${event.node} succeeds without a start`;
      if (event.recalled === true && started.has(event.node)) return `${event.node} is recalled after its start`;
      if (event.status === 'skipped' && started.has(event.node)) return `${event.node} is skipped after its start`;
      ended.add(event.node);
    }
  }
  const open = [...started].find((node) => !ended.has(node));
  return open === undefined ? undefined : `${open} never ends`;
}

function isSettled(port: GraphPort, ended: ReadonlySet<string>, chunked: ReadonlySet<string>): boolean {
  const settled = port.wires.map(({ from, fromPort, streams }) => ended.has(from) || (streams && chunked.has(`${from}.${fromPort}`)));
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
