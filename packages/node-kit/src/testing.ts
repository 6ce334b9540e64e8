import type { Json } from '@patchbay/flow';
import type { ChatResult } from '@patchbay/models';
import { fillChips } from './chips.ts';
import {
  type ModelRequest,
  type Models,
  type NodeContext,
  noCode,
  noFiles,
  noKnowledge,
  noMemory,
  type Part,
  type Turn,
} from './context.ts';
import { noConversations } from './conversation.ts';
import type { Inputs, NodeDefinition, NodeExample, Outputs, PortChunk } from './definition.ts';
import { noMcp } from './mcp.ts';
import { portsOf } from './ports-of.ts';
import type { Failure } from './run-event.ts';
import { StepError } from './step-error.ts';
import { isTextStream, type TextStream } from './text-stream.ts';
import { isParked, Parked } from './wait.ts';

export interface NodeRun {
  /** The config as a person would write it, chips included. */
  config?: Record<string, Json>;
  /** Values by input port, chip ports included; a `textStream(...)` where the port can stream. */
  inputs?: Inputs;
  /** What differs from `fakeContext()`. */
  ctx?: Partial<NodeContext>;
}

export interface NodeResult {
  /** Values per output port; a closed port is absent. */
  outputs: Outputs;
  /** What was streamed, in order. */
  chunks: PortChunk[];
}

/** Runs one node alone, as the engine would: config read, chips filled, defaults of ports put in, chunks joined. */
export async function runNode(definition: NodeDefinition, { config = {}, inputs = {}, ctx = {} }: NodeRun): Promise<NodeResult> {
  const resolved = portsOf(definition, { type: definition.type, config });
  if (resolved.issues.length > 0)
    throw new Error(`config of ${definition.type}: ${resolved.issues.map((issue) => issue.message).join(' ')}`);
  const values = portValues(definition, resolved.inputs, inputs);
  const chipValues = Object.fromEntries(Object.entries(values).map(([port, value]) => [port, isTextStream(value) ? null : value]));
  const filled = fillChips(resolved.config, resolved.slots, chipValues);
  return collect(definition.run({ config: filled, inputs: values }, fakeContext(ctx)));
}

function portValues(definition: NodeDefinition, ports: ReturnType<typeof portsOf>['inputs'], given: Inputs): Inputs {
  // The ends of a flow have their fields' values from outside, not through ports.
  const values: Inputs = definition.role === 'flow-input' ? { ...given } : {};
  for (const port of ports) {
    // What the inside of a container gives back does not come through its inputs.
    if (port.inner === true) continue;
    const value = Object.hasOwn(given, port.id) ? given[port.id] : undefined;
    values[port.id] = value ?? port.default ?? null;
    if (port.required && value === undefined && port.default === undefined)
      throw new Error(`${definition.type}: input ${port.id} is required`);
  }
  return values;
}

async function collect(running: ReturnType<NodeDefinition['run']>): Promise<NodeResult> {
  const chunks: PortChunk[] = [];
  if (!isGenerator(running)) return { outputs: await running, chunks };
  let step = await running.next();
  while (step.done !== true) {
    chunks.push(step.value);
    step = await running.next();
  }
  const outputs: Outputs = {};
  for (const { port, text } of chunks) outputs[port] = `${Object.hasOwn(outputs, port) ? String(outputs[port]) : ''}${text}`;
  return { outputs: { ...outputs, ...step.value }, chunks };
}

const isGenerator = (running: ReturnType<NodeDefinition['run']>): running is AsyncGenerator<PortChunk, Outputs | undefined> =>
  Symbol.asyncIterator in running;

/** Runs a node's example: its result's outputs are to equal `example.outputs`. */
export const runExample = (definition: NodeDefinition, example: NodeExample, ctx: Partial<NodeContext> = {}): Promise<NodeResult> =>
  runNode(definition, { config: example.config, inputs: example.inputs, ctx });

/** A world of its own: models that answer the last user text unchanged, no network, a clock that stands, no chance. */
export function fakeContext(overrides: Partial<NodeContext> = {}): NodeContext {
  return {
    signal: new AbortController().signal,
    locale: 'en',
    models: echoModels,
    http: { request: () => Promise.reject(new StepError('provider_unavailable', 'no_network')) },
    code: noCode,
    files: noFiles,
    log: () => undefined,
    memory: noMemory,
    knowledge: noKnowledge,
    conversations: noConversations,
    mcp: noMcp,
    flows: { run: noFlow, describe: noFlow },
    parts: { run: (part) => runPart(part, { ...fakeContext(), ...overrides }) },
    inside: { run: () => Promise.reject(new StepError('internal', 'unexpected')), stop: () => undefined },
    wait: () => Promise.reject(new Parked()),
    turn: () => Promise.resolve(),
    now: () => Date.UTC(2026, 0, 1),
    random: () => 0.5,
    ...overrides,
  };
}

const noFlow = () => Promise.reject(new StepError('invalid_input', 'flow_not_found', { flow: '' }));

/** A part alone: its work is done at once, and what it throws is its failure. A wait is nobody's failure. */
async function runPart({ work, onText }: Part, ctx: NodeContext): Promise<Turn> {
  try {
    const { outputs, chunks } = await collect(work(ctx));
    for (const { text } of chunks) onText?.(text);
    return { outputs };
  } catch (error) {
    if (isParked(error)) throw error;
    return { outputs: {}, error: failureOf(error) };
  }
}

function failureOf(error: unknown): Failure {
  const { errorClass, reason, params } = error as Partial<StepError>;
  if (errorClass === undefined) throw error;
  return { class: errorClass, reason: reason ?? 'unexpected', params: params ?? {} };
}

const echoModels: Models = {
  chat: async (request) => echo(request),
  async *stream(request) {
    const { text, ...end } = echo(request);
    for (const word of text.split(/(?<= )/)) yield { type: 'text', text: word };
    yield { type: 'end', ...end };
  },
};

function echo({ messages, model }: ModelRequest): ChatResult {
  const last = messages.findLast((message) => message.role === 'user');
  const text = typeof last?.content === 'string' ? last.content : '';
  return { text, finishReason: 'stop', usage: { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false }, model, simulated: true };
}

/** A text that arrives in the given pieces. */
export function textStream(...pieces: string[]): TextStream {
  return {
    isTextStream: true,
    text: async () => pieces.join(''),
    async *[Symbol.asyncIterator]() {
      yield* pieces;
    },
  };
}
