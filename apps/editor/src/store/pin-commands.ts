import type { Json } from '@patchbay/flow';
import { nodeOf } from './edits/ends.ts';
import { portsKept } from './edits/ports.ts';
import { pinOf } from './pins.ts';
import { stepOf } from './turns.ts';
import type { EditorStore, PinState } from './types.ts';

/** Whether a step has values a person may pin: the ends of a flow and notes have none. */
export function mayPin(store: EditorStore, node: string): boolean {
  const definition = store.catalogue.get(nodeOf(store.getState().flow, node)?.type ?? '');
  return definition !== undefined && (definition.role === undefined || definition.role === 'container');
}

/** The outputs of a step that have a value after it ran: those of a container that are for its inside are none. */
export function pinnablePorts(store: EditorStore, node: string) {
  const placed = nodeOf(store.getState().flow, node);
  return (placed && portsKept(store.catalogue, placed)?.outputs.filter((port) => port.inner !== true)) ?? [];
}

/** What the step gave in the last run, as a pin holds it; undefined where it gave nothing. */
function lastOutputs(store: EditorStore, node: string): PinState['outputs'] | undefined {
  const outputs = stepOf(store.getState(), node)?.outputs ?? {};
  const ports = pinnablePorts(store, node).filter(({ id }) => Object.hasOwn(outputs, id));
  return ports.length === 0 ? undefined : Object.fromEntries(ports.map(({ id }) => [id, outputs[id] ?? null]));
}

export type PinResult = 'pinned' | 'unpinned' | 'nothing';

/** Pins what the step gave last, or takes its pin away. */
export function togglePin(store: EditorStore, node: string): PinResult {
  if (pinOf(store.getState(), node) !== undefined) {
    store.pin({ key: 'reuse:commands.unpin' }, node, undefined);
    return 'unpinned';
  }
  const outputs = mayPin(store, node) ? lastOutputs(store, node) : undefined;
  if (outputs === undefined) return 'nothing';
  store.pin({ key: 'reuse:commands.pin' }, node, outputs);
  return 'pinned';
}

/** Sets one value of a pin; undefined closes the port. A pin without any value is no pin. Typing is one step. */
export function setPinValue(store: EditorStore, node: string, port: string, value: Json | undefined): void {
  const old = pinOf(store.getState(), node);
  const { [port]: _old, ...others } = old?.outputs ?? {};
  const outputs = value === undefined ? others : { ...others, [port]: value };
  const key = old === undefined ? 'reuse:commands.pin' : 'reuse:commands.editPin';
  store.pin({ key }, node, Object.keys(outputs).length === 0 ? undefined : outputs, { coalesce: `pin:${node}:${port}` });
}
