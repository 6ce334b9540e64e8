import {
  type ChipSlot,
  conversion,
  convert,
  type InputPort,
  isTextStream,
  type NodeDefinition,
  type OutputPort,
  type ResolvedNode,
} from '@patchbay/node-kit';
import { intoPort } from './fan-in.ts';

/** What a switched-off node is in a run. Without `run` it acts as skipped. */
export interface Bypass {
  inputs: InputPort[];
  outputs: OutputPort[];
  slots: ChipSlot[];
  run: NodeDefinition['run'] | undefined;
}

/** A bypassed node hands its first input that fits to the first output it fits; the other outputs are closed. */
export function bypassOf(definition: NodeDefinition, { inputs, outputs }: ResolvedNode): Bypass {
  if (definition.role === undefined) {
    for (const input of inputs) {
      const output = outputs.find((candidate) => candidate.id !== 'error' && conversion(input.type, candidate.type) !== null);
      if (output !== undefined) return pass(input, output, outputs);
    }
  }
  return { inputs: inputs.map((input) => ({ ...input, required: false })), outputs, slots: [], run: undefined };
}

function pass(input: InputPort, output: OutputPort, outputs: readonly OutputPort[]): Bypass {
  const rule = intoPort(input.type, output.type, { kind: 'first' });
  const port = output.id;
  const streams = rule === 'same' && output.stream === true;
  return {
    inputs: [{ ...input, stream: streams }],
    outputs: [...outputs],
    slots: [],
    run: ({ inputs }) => {
      const value = inputs[input.id] ?? null;
      return isTextStream(value) ? forward(value, port) : { [port]: convert(rule, value) };
    },
  };
}

async function* forward(chunks: AsyncIterable<string>, port: string) {
  for await (const text of chunks) yield { port, text };
  return undefined;
}
