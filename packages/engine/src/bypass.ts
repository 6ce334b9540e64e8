import {
  type ChipSlot,
  type Conversion,
  conversion,
  convert,
  type InputPort,
  isTextStream,
  type NodeDefinition,
  type OutputPort,
  type ResolvedNode,
} from '@patchbay/node-kit';

/** What a switched-off node is in a run. Without `run` it acts as skipped. */
export interface Bypass {
  inputs: readonly InputPort[];
  outputs: readonly OutputPort[];
  slots: ChipSlot[];
  run: NodeDefinition['run'] | undefined;
}

/** A bypassed node hands its first input that fits to the first output it fits; the other outputs are closed. */
export function bypassOf(definition: NodeDefinition, { inputs, outputs }: ResolvedNode): Bypass {
  for (const input of definition.role === undefined ? inputs : []) {
    for (const output of outputs) {
      const rule = output.id === 'error' ? null : conversion(input.type, output.type);
      if (rule === null) continue;
      const stream = rule === 'same' && output.stream === true;
      return { inputs: [{ ...input, stream }], outputs, slots: [], run: pass(input.id, rule, output.id) };
    }
  }
  return { inputs, outputs, slots: [], run: undefined };
}

const pass =
  (input: string, rule: Conversion, port: string): Bypass['run'] =>
  ({ inputs }) => {
    const value = inputs[input] ?? null;
    return isTextStream(value) ? forward(value, port) : { [port]: convert(rule, value) };
  };

async function* forward(chunks: AsyncIterable<string>, port: string) {
  for await (const text of chunks) yield { port, text };
  return undefined;
}
