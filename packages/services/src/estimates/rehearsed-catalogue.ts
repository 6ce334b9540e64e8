import type { Json } from '@patchbay/flow';
import { ModelError } from '@patchbay/models';
import type { Catalogue, InputPort, NodeContext, NodeDefinition, OutputPort, Outputs, StepHandle } from '@patchbay/node-kit';
import type { Choices } from './choices.ts';

/**
 * The same nodes for a rehearsal: one that chooses goes the way it is told, and one that cannot do without the world
 * answers with something of the right kind, so that whoever reads it can go on.
 */
export function rehearsedCatalogue(catalogue: Catalogue, choices: Choices): Catalogue {
  return new Map([...catalogue].map(([type, definition]) => [type, rehearsed(definition, choices)]));
}

function rehearsed(definition: NodeDefinition, choices: Choices): NodeDefinition {
  return {
    ...definition,
    run: async (input, ctx) => {
      const ports = definition.ports(input.config);
      // A person may answer or not: what comes of either is reckoned.
      const asks = definition.type === 'wait_person';
      const outputs = asks ? standIns(ports.outputs) : await attempt(definition, input, ctx).catch(standInsUnlessReserved(ports.outputs));
      const ways = choices.get(nodeOf(ctx));
      return ways === undefined ? outputs : sent(outputs, ways, ports, input.inputs);
    },
  };
}

/** What whoever starts the run may not use fails in the run too: what comes after it is not reckoned. */
const standInsUnlessReserved =
  (ports: readonly OutputPort[]) =>
  (error: unknown): Outputs => {
    const isReserved = error instanceof ModelError && (error.reason === 'connection_reserved' || error.reason === 'secret_reserved');
    if (isReserved) throw error;
    return standIns(ports);
  };

async function attempt(definition: NodeDefinition, input: Parameters<NodeDefinition['run']>[0], ctx: NodeContext): Promise<Outputs> {
  const running = definition.run(input, ctx);
  if (!(Symbol.asyncIterator in running)) return running;
  const texts: Outputs = {};
  let step = await running.next();
  for (; step.done !== true; step = await running.next()) texts[step.value.port] = `${texts[step.value.port] ?? ''}${step.value.text}`;
  return { ...texts, ...step.value };
}

/** What was to go another way goes these; what is no way stays. */
function sent(
  outputs: Outputs,
  ways: readonly string[],
  ports: { inputs: InputPort[]; outputs: OutputPort[] },
  inputs: Record<string, unknown>,
): Outputs {
  const isWay = (port: string): boolean => ports.outputs.find(({ id }) => id === port)?.way !== undefined;
  const kept = Object.fromEntries(Object.entries(outputs).filter(([port]) => !isWay(port)));
  const incoming = ports.inputs.map(({ id }) => inputs[id]).find((value) => value !== undefined && value !== null);
  return { ...kept, ...Object.fromEntries(ways.map((way) => [way, (outputs[way] ?? incoming ?? '') as Json])) };
}

const standInText = 'and '.repeat(50);

function standIns(ports: readonly OutputPort[]): Outputs {
  return Object.fromEntries(ports.filter(({ way }) => way === undefined).map(({ id, type }) => [id, standIn(type)]));
}

function standIn(type: OutputPort['type']): Json {
  if (type.endsWith('[]')) return [];
  if (type === 'number') return 1;
  if (type === 'boolean') return true;
  if (['image', 'audio', 'video', 'file'].includes(type)) return { mediaType: `${type}/octet-stream`, base64: '' };
  return type === 'data' ? {} : standInText;
}

/** A context of the engine is also the handle of its step. */
const nodeOf = (ctx: NodeContext): string => (ctx as NodeContext & Pick<StepHandle, 'node'>).node;
