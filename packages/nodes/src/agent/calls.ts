import {
  describeFailure,
  type Failure,
  failureError,
  isRecord,
  type Json,
  type NodeContext,
  StepError,
  type ToolCallPart,
  type ToolResultPart,
  type Turn,
} from '@patchbay/node-kit';
import { findMisfits } from '../json-schema/find-misfits.ts';
import { describeMisfit, placeOf } from '../json-schema/misfit.ts';
import { keyOf } from '../list/compare.ts';
import { askPerson } from './ask-person.ts';
import { shownResult } from './talk.ts';
import type { AgentTool } from './tool.ts';

/** What one call came to, as the step tells it. */
export type CallRecord = {
  turn: number;
  tool: string;
  arguments: Json;
  result?: Json;
  error?: string;
  /** The same call had been made before: its result was given again. */
  repeated?: true;
  /** A person said no. */
  refused?: true;
};

/** Most calls in one turn; what goes beyond is told to the model. */
const mostCalls = 16;
/** So many calls that were made before, and the agent turns in a circle. */
const mostRepeats = 3;

/** Failures that may be gone when the same is tried once more. */
const passing = new Set<Failure['class']>(['timeout', 'provider_unavailable', 'rate_limited']);

/** A person did not allow the call. */
const refusals = new Set(['tool_refused', 'tool_refused_why', 'tool_unanswered']);

export interface Caller {
  /** Makes the calls of one turn. Side by side where none has an effect that could not be had twice, else in order. */
  make(turn: number, calls: readonly ToolCallPart[]): Promise<ToolResultPart[]>;
  readonly records: readonly CallRecord[];
  /** The model keeps making calls it has the results of. */
  readonly circling: boolean;
}

export interface CallerOptions {
  /** How long a person is waited for; 0 is without end. */
  hours: number;
  /** Names that other parts of the step have. */
  taken?: readonly string[];
}

interface Made {
  tries: number;
  outcome: Promise<Turn>;
}

/** All calls of one agent. Each is a part of its step: told, recorded, and not made again when the run goes on. */
export function createCaller(ctx: NodeContext, tools: readonly AgentTool[], { hours, taken = [] }: CallerOptions): Caller {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const made = new Map<string, Made>();
  const records: CallRecord[] = [];
  let repeats = 0;

  async function makeOne(place: Place, call: ToolCallPart): Promise<ToolResultPart> {
    const key = `${call.name}\n${keyOf(call.input)}`;
    const before = made.get(key);
    const earlier = before && (await before.outcome);
    const again = earlier?.error !== undefined && passing.has(earlier.error.class) && before !== undefined && before.tries < 2;
    const record: CallRecord = { turn: place.turn, tool: call.name, arguments: call.input };
    records.push(record);
    if (earlier !== undefined && !again) {
      repeats += 1;
      record.repeated = true;
      return tell(call, record, earlier, ctx);
    }
    const outcome = perform(place, call);
    made.set(key, { tries: (before?.tries ?? 0) + 1, outcome });
    return tell(call, record, await outcome, ctx);
  }

  async function perform(place: Place, call: ToolCallPart): Promise<Turn> {
    const tool = byName.get(call.name);
    const { turn, id, askId } = place;
    if (tool?.ask === true && faultOf(tool, call.input) === undefined) {
      const refusal = await askPerson(ctx, { turn, id: askId, hours, tool: tool.name, args: call.input });
      if (refusal !== undefined) return { outputs: {}, error: refusal };
    }
    return ctx.parts.run({
      turn,
      id,
      repeatable: tool?.repeatable ?? true,
      work: async (part) => ({ tool: call.name, arguments: call.input, result: await use(tool, call, part) }),
    });
  }

  return {
    records,
    get circling() {
      return repeats >= mostRepeats;
    },
    async make(turn, calls) {
      const places = placesOf(turn, calls, taken);
      const work = calls.map(
        (call, index) => () => (index < mostCalls ? makeOne(places[index] as Place, call) : Promise.resolve(tooMany(call))),
      );
      const inOrder = calls.some(({ name }) => byName.get(name)?.repeatable === false);
      if (!inOrder) return Promise.all(work.map((start) => start()));
      const results: ToolResultPart[] = [];
      for (const start of work) results.push(await start());
      return results;
    },
  };
}

interface Place {
  turn: number;
  id: string;
  askId: string;
}

/** What the parts of a turn are called: by their tools, numbered where one is called again. The same in every attempt. */
function placesOf(turn: number, calls: readonly ToolCallPart[], others: readonly string[]): Place[] {
  const taken = new Set(['model', ...others]);
  const unlike = (name: string): string => {
    let id = name;
    for (let number = 2; taken.has(id); number += 1) id = `${name}_${number}`;
    taken.add(id);
    return id;
  };
  return calls.map(({ name }) => {
    const plain = name.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) || 'tool';
    return { turn, id: unlike(plain), askId: unlike(`ask_${plain}`) };
  });
}

async function use(tool: AgentTool | undefined, { name, input }: ToolCallPart, ctx: NodeContext): Promise<Json> {
  if (tool === undefined) throw new StepError('bad_output', 'tool_unknown', { tool: name.slice(0, 64) });
  const fault = faultOf(tool, input);
  if (fault !== undefined) throw new StepError('bad_output', 'tool_arguments', { tool: name, detail: fault });
  return tool.call(input as Record<string, Json>, ctx);
}

/** What a tool's schema has against the arguments, all of it, so that the model can correct them at once. */
function faultOf(tool: AgentTool, input: Json): string | undefined {
  try {
    return misfitsOf(tool, input);
  } catch (error) {
    // A schema that asks for what we do not understand is its owner's to judge by.
    if (!(error instanceof StepError)) throw error;
    return isRecord(input) ? undefined : 'an object is needed';
  }
}

function misfitsOf({ inputSchema }: AgentTool, input: Json): string | undefined {
  const misfits = findMisfits(isRecord(inputSchema['properties']) ? inputSchema : { ...inputSchema, type: 'object' }, input);
  if (misfits.length === 0) return isRecord(input) ? undefined : 'an object is needed';
  return misfits
    .slice(0, 5)
    .map((misfit) => [placeOf(misfit.path), describeMisfit(misfit, 'en')].filter((text) => text !== '').join(': '))
    .join(' ');
}

/** The outcome as the model is told it, and as the step's own record has it. */
function tell({ id, name }: ToolCallPart, record: CallRecord, { outputs, error }: Turn, ctx: NodeContext): ToolResultPart {
  const note = record.repeated === true ? { repeated: 'You made this call before; this is its result.' } : {};
  if (error === undefined) {
    const result = outputs['result'] ?? null;
    record.result = result;
    return { type: 'tool-result', id, name, output: { ...(shownResult(result) as object), ...note } };
  }
  // A run that ends is nobody's failure to work around.
  if (error.class === 'cancelled' || error.class === 'budget_exceeded') throw failureError(error);
  record.error = describeFailure(error, ctx.locale).message;
  if (refusals.has(error.reason)) record.refused = true;
  return { type: 'tool-result', id, name, output: { error: describeFailure(error, 'en').message, ...note }, failed: true };
}

const tooMany = ({ id, name }: ToolCallPart): ToolResultPart => ({
  type: 'tool-result',
  id,
  name,
  output: { error: `Not called: at most ${mostCalls} calls are made in one turn.` },
  failed: true,
});
