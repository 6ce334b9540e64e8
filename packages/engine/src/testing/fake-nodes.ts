import type { Json } from '@patchbay/flow';
import {
  type Catalogue,
  chunksOf,
  createCatalogue,
  defineNode,
  type ErrorClass,
  field,
  type InputPort,
  type Inputs,
  isTextStream,
  type NodeDefinition,
  type NodeSpec,
  type OutputPort,
  type Outputs,
  type PortChunk,
  StepError,
  textOf,
} from '@patchbay/node-kit';
import { catalogue as realNodes } from '@patchbay/nodes';
import * as z from 'zod';
import { stepKey } from '../reference/interpret.ts';
import type { Scheduler } from './scheduler.ts';

/** What a fake step does, written in its config; everything follows from its inputs and the number of the try. */
export interface Behaviour {
  /** `now` answers in the same tick; `later` after a pause; `stream` yields chunks; `pass` hands the chunks of its inputs on. */
  mode: 'now' | 'later' | 'stream' | 'pass';
  /** Tries that fail before one succeeds; 99 never succeeds. */
  failures: number;
  errorClass: ErrorClass;
  /** Chunks yielded before the failure. */
  chunksFirst: number;
  /** Chunks in all on each streaming output. */
  chunks: number;
  /** Outputs left closed; with `byInput` the inputs decide. */
  closed: string[];
  byInput: boolean;
  /** Outputs that give null. */
  nulls: string[];
  /** The other model never fails. */
  otherModelWorks: boolean;
}

export const calm: Behaviour = {
  mode: 'now',
  failures: 0,
  errorClass: 'provider_unavailable',
  chunksFirst: 0,
  chunks: 2,
  closed: [],
  byInput: false,
  nulls: [],
  otherModelWorks: true,
};

/** The config of a `work` node. */
export interface WorkConfig {
  inputs: InputPort[];
  outputs: OutputPort[];
  text: string;
  model: string;
  behaviour: Behaviour;
}

const ui = { title: { en: 'Test', 'zh-Hans': '测试' } };
const words: NodeSpec<z.ZodType>['words'] = { title: ui.title, summary: ui.title, synonyms: [] };
const common = { version: 1, category: 'text', icon: 'box', words, repeatable: true, examples: [] } satisfies Partial<NodeSpec<z.ZodType>>;
const loose = z.looseObject({ text: field.longText(ui), model: z.string().default('auto') });

/** A catalogue of nodes that do what their config says, and the switch that starts a new run. */
export interface FakeNodes {
  catalogue: Catalogue;
  /** Forgets the tries made and takes the scheduler of the next run. */
  begin(scheduler: Pick<Scheduler, 'pause'>): void;
  /** Calls of a node's `run` since `begin`, by scope and node. */
  calls: ReadonlyMap<string, number>;
}

export function createFakeNodes(): FakeNodes {
  const calls = new Map<string, number>();
  let current: Pick<Scheduler, 'pause'> = { pause: () => Promise.resolve() };
  const work = defineNode({
    ...common,
    type: 'work',
    config: loose,
    ports: (config) => readConfig(config),
    run: ({ config, inputs }, ctx) => {
      const { behaviour, outputs, text, model } = readConfig(config);
      const name = String(config['name']);
      const key = stepKey(scopeOf(ctx), name);
      const number = (calls.get(key) ?? 0) + 1;
      calls.set(key, number);
      const job: Job = { name, behaviour, outputs, text, inputs, pause: current.pause, fails: fails(behaviour, number, model) };
      if (behaviour.mode === 'now') return answerNow(job);
      return behaviour.mode === 'later' ? answerLater(job) : answerInChunks(job);
    },
  });
  const start = defineNode({
    ...common,
    type: 'start',
    role: 'flow-input',
    config: loose,
    ports: (config) => readConfig(config),
    run: () => ({}),
  });
  const end = defineNode({
    ...common,
    type: 'end',
    role: 'flow-output',
    config: loose,
    ports: (config) => readConfig(config),
    run: () => ({}),
  });
  const note = defineNode({
    ...common,
    type: 'note',
    role: 'annotation',
    config: loose,
    ports: { inputs: [], outputs: [] },
    run: () => ({}),
  });
  return {
    catalogue: createCatalogue([work, start, end, note, ...containers] as NodeDefinition[]),
    begin: (scheduler) => {
      calls.clear();
      current = scheduler;
    },
    calls,
  };
}

/** The real ones: what they do with their turns is part of what must come out the same. */
const containers = ['for_each', 'repeat'].flatMap((type) => realNodes.get(type) ?? []);

const scopeOf = (ctx: object): string => ('scope' in ctx ? String(ctx.scope) : '');

const readConfig = (config: Record<string, unknown>): WorkConfig => config as unknown as WorkConfig;

const fails = (behaviour: Behaviour, number: number, model: string): boolean =>
  number <= behaviour.failures && !(model === 'p/other' && behaviour.otherModelWorks);

interface Job {
  name: string;
  behaviour: Behaviour;
  outputs: readonly OutputPort[];
  text: string;
  inputs: Inputs;
  pause: () => Promise<void>;
  fails: boolean;
}

function answerNow(job: Job): Outputs | Promise<Outputs> {
  // A node that answers at once cannot read what is still arriving.
  if (Object.values(job.inputs).some(isTextStream)) return answerLater(job);
  if (job.fails) throw new StepError(job.behaviour.errorClass, 'test');
  return answer(job, job.inputs as Record<string, Json>);
}

async function answerLater(job: Job): Promise<Outputs> {
  await job.pause();
  const values = await wholeInputs(job.inputs);
  await job.pause();
  if (job.fails) throw new StepError(job.behaviour.errorClass, 'test');
  return answer(job, values);
}

async function* answerInChunks(job: Job): AsyncGenerator<PortChunk, Outputs | undefined> {
  const { behaviour } = job;
  const values = behaviour.mode === 'pass' ? yield* passOn(job) : await wholeInputs(job.inputs);
  const full = answer(job, values);
  const ports = job.outputs.filter((port) => port.stream === true && typeof full[port.id] === 'string');
  for (let chunk = 0; chunk < behaviour.chunks; chunk += 1) {
    await job.pause();
    if (job.fails && chunk >= behaviour.chunksFirst) break;
    for (const port of ports) yield { port: port.id, text: `${String(full[port.id])}/${chunk};` };
  }
  await job.pause();
  if (job.fails) throw new StepError(behaviour.errorClass, 'test');
  for (const port of ports) delete full[port.id];
  return full;
}

/** Hands each chunk of each text input on, as a mask does. */
async function* passOn({ outputs, behaviour, inputs, pause }: Job): AsyncGenerator<PortChunk, Record<string, Json>> {
  const values: Record<string, Json> = {};
  const port = outputs.find(({ id, stream }) => stream === true && !behaviour.closed.includes(id) && !behaviour.nulls.includes(id));
  for (const [id, input] of Object.entries(inputs)) {
    if (!isTextStream(input) && typeof input !== 'string') {
      values[id] = input;
      continue;
    }
    let whole = '';
    for await (const text of chunksOf(input)) {
      whole += text;
      await pause();
      if (port !== undefined) yield { port: port.id, text };
    }
    values[id] = whole;
  }
  return values;
}

async function wholeInputs(inputs: Inputs): Promise<Record<string, Json>> {
  const values: Record<string, Json> = {};
  for (const [id, input] of Object.entries(inputs)) {
    values[id] = isTextStream(input) ? await textOf(input) : input;
  }
  return values;
}

function answer({ name, behaviour, outputs, text }: Job, values: Record<string, Json>): Outputs {
  const mark = `${name}:${hash(`${text}|${JSON.stringify(values)}`)}`;
  const result: Outputs = {};
  for (const [index, { id, type }] of outputs.entries()) {
    if (id === 'error' || behaviour.closed.includes(id)) continue;
    if (behaviour.byInput && (hash(mark).charCodeAt(0) + index) % 3 === 0) continue;
    result[id] = behaviour.nulls.includes(id) ? null : sampleOf(type, `${mark}.${id}`);
  }
  return result;
}

function sampleOf(type: OutputPort['type'], mark: string): Json {
  if (type === 'data') return { mark };
  return type === 'text[]' ? [mark, `${mark}+`] : JSON.stringify(mark);
}

/** FNV-1a, as base 36: values stay short however deep the flow. */
export function hash(text: string): string {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  return (sum >>> 0).toString(36);
}
