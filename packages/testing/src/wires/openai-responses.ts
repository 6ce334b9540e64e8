import { isObject, type JsonObject } from '../reply.ts';
import { answerOther, bearerIs, openAiError, readOther, schemaIn } from './openai-other.ts';
import { piecesOf } from './start-wire.ts';
import { assertShape, sse, type Wire, type WireAnswer, type WireAsked } from './wire.ts';

const signature = 'sealed-thinking';

/** OpenAI's Responses API, at OpenAI or at Azure, which has another header for the key. */
const createResponsesWire = (place: { name: string; base: string; authenticate: Wire['authenticate'] }): Wire => ({
  name: place.name,
  streamType: 'text/event-stream',
  authenticate: place.authenticate,
  read: (request) => {
    assertShape(request.path.startsWith(`${place.base}/`), `no such path: ${request.path}`);
    if (request.path === `${place.base}/responses`) return readResponse(request.body);
    const other = readOther(request);
    assertShape(other, `no such path: ${request.path}`);
    return other;
  },
  whole: (asked, answer) => responseOf(asked, answer, itemsOf(answer)),
  frames: (asked, answer) => {
    let count = 0;
    const event = (type: string, data: object): string => {
      const sequence_number = count;
      count += 1;
      return sse({ type, sequence_number, ...data }, type);
    };
    const items = itemsOf(answer);
    const created = event('response.created', { response: { ...responseOf(asked, answer, []), status: 'in_progress', usage: null } });
    const frames = items.flatMap((item, output_index) => itemFrames(item, output_index, event));
    const end = answer.finish === 'stop' ? 'response.completed' : 'response.incomplete';
    return [created, ...frames, event(end, { response: responseOf(asked, answer, items) })];
  },
  refuse: openAiError,
  errorFrame: () =>
    sse({ type: 'error', sequence_number: 9, code: 'server_error', message: 'The server had an error.', param: null }, 'error'),
  malformedFrame: () => sse('{"type":"response.output_text.delta","delta'),
  other: answerOther,
});

export const responsesWire = createResponsesWire({ name: 'openai', base: '/v1', authenticate: bearerIs });
export const azureWire = createResponsesWire({
  name: 'azure',
  base: '/openai/v1',
  authenticate: ({ headers }, { apiKey }) => (headers['api-key'] === apiKey ? undefined : 'Access denied due to invalid subscription key.'),
});

function readResponse(body: JsonObject): WireAsked {
  const { model, input, tools = [] } = body;
  assertShape(typeof model === 'string', 'model: is required');
  assertShape(Array.isArray(input) && input.length > 0, 'input: is required');
  assertShape(body['store'] === false, 'store: nothing may be kept at the provider');
  const asked: WireAsked = {
    kind: 'chat',
    model,
    stream: body['stream'] === true,
    texts: [],
    tools: [],
    results: [],
    media: [],
    signatures: [],
  };
  for (const item of input as unknown[]) readItem(item, asked);
  for (const tool of Array.isArray(tools) ? (tools as unknown[]) : []) {
    assertShape(
      isObject(tool) && typeof tool['name'] === 'string' && isObject(tool['parameters']),
      'tools: name and parameters are required',
    );
    asked.tools?.push(tool['name']);
  }
  asked.maxTokens = typeof body['max_output_tokens'] === 'number' ? body['max_output_tokens'] : undefined;
  asked.reasoning = body['reasoning'];
  return { ...asked, ...schemaIn(isObject(body['text']) ? body['text']['format'] : undefined, []) };
}

function readItem(item: unknown, asked: WireAsked): void {
  assertShape(isObject(item), 'input: an item must be an object');
  if (item['type'] === 'function_call_output') {
    const output = typeof item['output'] === 'string' ? item['output'] : JSON.stringify(item['output']);
    asked.results?.push({ id: String(item['call_id']), output });
  } else if (item['type'] === 'reasoning') asked.signatures?.push(String(item['encrypted_content']));
  else if (item['role'] === 'user') {
    assertShape(Array.isArray(item['content']), 'input: content must hold parts');
    for (const part of item['content'] as unknown[]) {
      assertShape(isObject(part), 'input: a part must be an object');
      if (part['type'] === 'input_text') asked.texts.push(String(part['text']));
      else asked.media?.push(String(part['image_url'] ?? part['file_data']).replace(/^data:([^;]+);base64,/, '$1;'));
    }
  }
}

/** The items of an answer, each of its own kind. */
function itemsOf({ text, reasoning, toolCalls }: WireAnswer): JsonObject[] {
  const thought = { type: 'reasoning', id: 'rs_1', encrypted_content: signature, summary: [{ type: 'summary_text', text: reasoning }] };
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }];
  const message = { type: 'message', id: 'msg_1', status: 'completed', role: 'assistant', content };
  const calls = toolCalls.map(({ id, name, input }) => ({
    type: 'function_call',
    id: `fc_${id}`,
    call_id: id,
    name,
    arguments: typeof input === 'string' ? input : JSON.stringify(input),
    status: 'completed',
  }));
  return [...(reasoning === undefined ? [] : [thought]), ...(text === '' ? [] : [message]), ...calls];
}

type MakeEvent = (type: string, data: object) => string;

function itemFrames(item: JsonObject, output_index: number, event: MakeEvent): string[] {
  const at = { item_id: item['id'], output_index };
  const done = event.bind(undefined, 'response.output_item.done', { output_index, item });
  const added = (empty: object): string => event('response.output_item.added', { output_index, item: { ...item, ...empty } });
  if (item['type'] === 'message') {
    const [part] = item['content'] as { text: string }[];
    const start = added({ status: 'in_progress', content: [] });
    const place = { ...at, content_index: 0 };
    const open = event('response.content_part.added', { ...place, part: { ...part, text: '' } });
    const pieces = piecesOf(part?.text ?? '').map((delta) => event('response.output_text.delta', { ...place, delta, logprobs: [] }));
    return [start, open, ...pieces, event('response.output_text.done', { ...place, text: part?.text, logprobs: [] }), done()];
  }
  if (item['type'] === 'reasoning') {
    const [part] = item['summary'] as { text: string }[];
    const place = { ...at, summary_index: 0 };
    const start = added({ summary: [] });
    const open = event('response.reasoning_summary_part.added', { ...place, part: { type: 'summary_text', text: '' } });
    const pieces = piecesOf(part?.text ?? '').map((delta) => event('response.reasoning_summary_text.delta', { ...place, delta }));
    return [start, open, ...pieces, event('response.reasoning_summary_part.done', { ...place, part }), done()];
  }
  const start = added({ arguments: '', status: 'in_progress' });
  return [start, event('response.function_call_arguments.delta', { ...at, delta: item['arguments'] }), done()];
}

function responseOf(asked: WireAsked, { finish, usage }: WireAnswer, output: readonly JsonObject[]): JsonObject {
  const reason = finish === 'stop' ? null : { reason: finish === 'length' ? 'max_output_tokens' : 'content_filter' };
  return {
    id: 'resp_fake',
    object: 'response',
    created_at: 0,
    status: finish === 'stop' ? 'completed' : 'incomplete',
    model: asked.model,
    error: null,
    incomplete_details: reason,
    output,
    usage: {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: usage.cached },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: usage.reasoning },
      total_tokens: usage.input + usage.output,
    },
  };
}
