import type { Json } from '@patchbay/flow';
import type { SkipReason } from '@patchbay/node-kit';
import { settleField } from './outputs.ts';
import type { PlanEdge, PlanPort, PlanStep } from './plan.ts';
import { chosenEdge, type EdgeContent, type EdgeState, edgeState, isSettled, type RunState, stateOf } from './run-state.ts';

/** Moves one edge on. A reader whose last unsettled port this was goes into the queue; nothing starts here. */
export function settleEdge(run: RunState, edge: PlanEdge, state: EdgeState, content: EdgeContent): void {
  if (run.ended) return;
  run.edges[edge.index] = state;
  run.contents[edge.index] = content;
  const port = edge.to;
  if (!isSettled(run, port) && decide(run, port)) {
    run.settled[port.index] = 1;
    if (port.output === -1) countDown(run, port.step);
  }
  if (port.output !== -1) settleField(run, port);
}

function countDown(run: RunState, step: PlanStep): void {
  const left = (run.waiting[step.index] ?? 0) - 1;
  run.waiting[step.index] = left;
  if (left === 0) run.queue.push(step);
}

/** Whether the port knows what it will hold. `first` knows as soon as one edge is not closed and all before it are. */
function decide(run: RunState, port: PlanPort): boolean {
  if (port.fanIn.kind !== 'first') {
    const settled = (run.cursors[port.index] ?? 0) + 1;
    run.cursors[port.index] = settled;
    return settled === port.edges.length;
  }
  for (let cursor = run.cursors[port.index] ?? 0; ; cursor += 1) {
    run.cursors[port.index] = cursor;
    const edge = port.edges[cursor];
    if (edge === undefined) return true;
    const state = stateOf(run, edge);
    if (state !== edgeState.closed) return state !== edgeState.pending;
  }
}

/** The step is done: a value for each output it gives, the others closed; a text that had begun and has no end is broken. */
export function settleOutputs(run: RunState, step: PlanStep, outputs: Readonly<Record<string, Json>>, code: SkipReason['code']): void {
  for (const { id, edges } of step.outputs) {
    if (edges.length === 0) continue;
    const value = Object.hasOwn(outputs, id) ? outputs[id] : undefined;
    if (value !== undefined) {
      for (const edge of edges) settleEdge(run, edge, edgeState.value, value);
      continue;
    }
    const reason: SkipReason = { code, node: step.id, port: id };
    for (const edge of edges) {
      if (code === 'source_failed' && stateOf(run, edge) === edgeState.open) breakEdge(run, edge, reason);
      else settleEdge(run, edge, edgeState.closed, reason);
    }
  }
}

/** Closes all outputs of a step that yields nothing. */
export function closeOutputs(run: RunState, step: PlanStep, reason: SkipReason): void {
  for (const output of step.outputs) {
    for (const edge of output.edges) settleEdge(run, edge, edgeState.closed, reason);
  }
}

/**
 * The outputs of a step that read from a stream which broke: edges that could have carried the stream on are broken,
 * whether a chunk had passed already or not, so that what follows does not depend on the moment of the break.
 */
export function breakOutputs(run: RunState, step: PlanStep, reason: SkipReason): void {
  for (const output of step.outputs) {
    for (const edge of output.edges) {
      if (edge.streams) breakEdge(run, edge, reason);
      else settleEdge(run, edge, edgeState.closed, reason);
    }
  }
}

/**
 * Breaks an edge, which is not to close it: who started reading is stopped, who did not is skipped,
 * and `first` does not fall to the next edge.
 */
export function breakEdge(run: RunState, edge: PlanEdge, reason: SkipReason): void {
  const reader = edge.to.step;
  const isRead = isSettled(run, edge.to) && chosenEdge(run, edge.to) === edge;
  settleEdge(run, edge, edgeState.broken, reason);
  if (isRead && reader.kind === 'node' && run.active[reader.index] !== undefined) run.stops.push({ step: reader, reason, broken: true });
}
