import { isRecord, type Json } from '@patchbay/flow';
import { readEvents, type ServerEvent } from './events.ts';

/** What a test request gives, as it arrives. */
export interface TestReply {
  status: number;
  milliseconds: number;
  /** The raw body, or the events one a line. */
  text: string;
  /** Text or value of each output so far. */
  outputs: Record<string, Json>;
  /** Why it was refused or failed, in the server's sentence. */
  failure?: string | undefined;
  streamed: boolean;
  done: boolean;
}

/** Calls a published endpoint as any caller would: with the key and nothing else. Streams. */
export async function* sendTest(path: string, key: string, inputs: Record<string, Json>, signal: AbortSignal): AsyncGenerator<TestReply> {
  const began = performance.now();
  const response = await fetch(path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ inputs }),
    credentials: 'omit',
    signal,
  });
  const streamed = response.headers.get('Content-Type')?.startsWith('text/event-stream') === true;
  let answer: Answer = { outputs: {} };
  const reply = (text: string, done: boolean): TestReply => ({
    status: response.status,
    milliseconds: performance.now() - began,
    text,
    ...answer,
    streamed,
    done,
  });
  if (!streamed || response.body === null) {
    const text = await response.text();
    answer = answerIn(text);
    yield reply(text, true);
    return;
  }
  let text = '';
  for await (const event of readEvents(response.body)) {
    text += `${event.event} ${event.data}\n`;
    answer = afterEvent(answer, event);
    yield reply(text, false);
  }
  yield reply(text, true);
}

type Answer = Pick<TestReply, 'outputs' | 'failure'>;

/** Outputs grow by chunks; an output's end and the run's end say what they came to. */
function afterEvent(answer: Answer, { event, data }: ServerEvent): Answer {
  const told = parse(data);
  if (!isRecord(told)) return answer;
  const { output, text, value, outputs, error } = told;
  const set = (id: string, to: Json): Answer => ({ ...answer, outputs: Object.fromEntries([...Object.entries(answer.outputs), [id, to]]) });
  if (event === 'output-chunk' && typeof output === 'string' && typeof text === 'string') {
    const before = Object.hasOwn(answer.outputs, output) ? answer.outputs[output] : '';
    return set(output, `${typeof before === 'string' ? before : ''}${text}`);
  }
  if (event === 'output-end' && typeof output === 'string' && value !== undefined) return set(output, value as Json);
  if (event !== 'run-end') return answer;
  return {
    outputs: isRecord(outputs) ? (outputs as Record<string, Json>) : answer.outputs,
    failure: isRecord(error) && typeof error['message'] === 'string' ? error['message'] : undefined,
  };
}

/** A whole answer, or the problem document of a refusal. */
function answerIn(text: string): Answer {
  const body = parse(text);
  if (!isRecord(body)) return { outputs: {} };
  const { outputs, detail } = body;
  return {
    outputs: isRecord(outputs) ? (outputs as Record<string, Json>) : {},
    failure: typeof detail === 'string' ? detail : undefined,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
