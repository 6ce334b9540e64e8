import type { Json } from '@patchbay/flow';
import type { Outputs, PortChunk } from '@patchbay/node-kit';
import { createLiveText, type LiveText } from './live-text.ts';
import type { PlanOutputPort } from './plan.ts';
import { type ActiveStep, edgeState, type RunState } from './run-state.ts';
import { settleEdge } from './settle.ts';

/** Takes one chunk of a step. The first one on a port that is not empty opens the edges to readers that can stream. */
export function takeChunk(run: RunState, active: ActiveStep, { port, text }: PortChunk): void {
  const output = active.step.outputOf.get(port);
  if (output === undefined) return;
  active.texts ??= new Map();
  const live = active.texts.get(port) ?? createLiveText();
  active.texts.set(port, live);
  if (text === '') return;
  const isFirst = live.joined() === '';
  run.emit?.({ type: 'step-chunk', node: active.step.id, scope: run.scope, port, text });
  live.push(text);
  if (isFirst) openEdges(run, active, output, live);
}

function openEdges(run: RunState, active: ActiveStep, output: PlanOutputPort, live: LiveText): void {
  for (const edge of output.edges) {
    if (!edge.streams) continue;
    active.read = true;
    settleEdge(run, edge, edgeState.open, live);
  }
}

/** Ends the texts of a step that is done. A port with chunks and no final value gets its joined text. */
export function endTexts(active: ActiveStep, given: Outputs): Outputs {
  if (active.texts === undefined) return given;
  const joined: Record<string, Json> = {};
  for (const [port, text] of active.texts) {
    text.end();
    joined[port] = text.joined();
  }
  return { ...joined, ...given };
}
