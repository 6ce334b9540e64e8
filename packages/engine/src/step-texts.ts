import type { Json } from '@patchbay/flow';
import type { Outputs, PortChunk } from '@patchbay/node-kit';
import { createLiveText, type LiveText } from './live-text.ts';
import type { PlanOutputPort } from './plan.ts';
import { type ActiveStep, edgeState, type RunState } from './run-state.ts';
import { settleEdge } from './settle.ts';

/** Takes one chunk of a step. The first one on a port opens the edges to readers that can stream. */
export function takeChunk(run: RunState, active: ActiveStep, chunk: PortChunk): void {
  const output = active.step.outputOf.get(chunk.port);
  if (output === undefined) return;
  const text = active.texts?.get(chunk.port) ?? beginText(run, active, output);
  if (chunk.text === '' || run.ended) return;
  run.emit?.({ type: 'step-chunk', node: active.step.id, scope: '', port: chunk.port, text: chunk.text });
  text.push(chunk.text);
}

function beginText(run: RunState, active: ActiveStep, output: PlanOutputPort): LiveText {
  const text = createLiveText();
  active.texts ??= new Map();
  active.texts.set(output.id, text);
  for (const edge of output.edges) {
    if (!edge.streams) continue;
    active.read = true;
    settleEdge(run, edge, edgeState.open, text);
  }
  return text;
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
