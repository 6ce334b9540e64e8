import { isObject, type JsonObject } from '../reply.ts';
import { piecesOf } from './start-wire.ts';
import { assertShape, type Refusal, sse, type Wire, type WireAnswer, type WireAsked, type WireError } from './wire.ts';

const signature = 'signed-thinking';

/** Anthropic's Messages API, version 2023-06-01. */
export const anthropicWire: Wire = {
  name: 'anthropic',
  streamType: 'text/event-stream',
  authenticate: ({ headers }, { apiKey }) => (headers['x-api-key'] === apiKey ? undefined : 'invalid x-api-key'),
  read: ({ method, path, headers, body }) => {
    assertShape(headers['anthropic-version'] === '2023-06-01', 'anthropic-version: header is required');
    if (method === 'GET' && path === '/v1/models') return { kind: 'list', model: '', stream: false, texts: [] };
    assertShape(method === 'POST' && path === '/v1/messages', `no such path: ${path}`);
    return readMessages(body);
  },
  whole: (asked, answer) => ({
    id: 'msg_fake',
    type: 'message',
    role: 'assistant',
    model: asked.model,
    content: blocksOf(asked, answer),
    stop_reason: stopOf(asked, answer),
    stop_sequence: null,
    usage: usageOf(answer),
  }),
  frames: (asked, answer) => {
    const usage = usageOf(answer);
    const message = {
      id: 'msg_fake',
      type: 'message',
      role: 'assistant',
      model: asked.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
    };
    const start = sse({ type: 'message_start', message: { ...message, usage: { ...usage, output_tokens: 1 } } }, 'message_start');
    const end = {
      type: 'message_delta',
      delta: { stop_reason: stopOf(asked, answer), stop_sequence: null },
      usage: { output_tokens: usage.output_tokens },
    };
    return [
      start,
      sse({ type: 'ping' }, 'ping'),
      ...blocksOf(asked, answer).flatMap(blockFrames),
      sse(end, 'message_delta'),
      sse({ type: 'message_stop' }, 'message_stop'),
    ];
  },
  refuse: (as, message) => ({
    ...refusals[as],
    body: { type: 'error', error: { type: refusals[as].type, message: refusals[as].message ?? message } },
  }),
  errorFrame: () => sse({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'error'),
  malformedFrame: () => sse('{"type":"content_block_delta","index":0,"delta"', 'content_block_delta'),
  other: () => ({
    data: [
      { type: 'model', id: 'claude-one' },
      { type: 'model', id: 'claude-two' },
    ],
    has_more: false,
  }),
};

const refusals: Record<Refusal, Omit<WireError, 'body'> & { type: string; message?: string }> = {
  auth: { status: 401, type: 'authentication_error' },
  rate_limited: { status: 429, type: 'rate_limit_error' },
  invalid_input: { status: 400, type: 'invalid_request_error' },
  model_not_found: { status: 404, type: 'not_found_error', message: 'model: claude-9' },
  context_too_long: { status: 400, type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' },
  content_filtered: { status: 400, type: 'invalid_request_error', message: 'Output blocked by content filtering policy' },
  provider_unavailable: { status: 529, type: 'overloaded_error' },
};

function readMessages(body: JsonObject): WireAsked {
  const { model, messages, max_tokens: maxTokens, tools = [], tool_choice: choice } = body;
  assertShape(typeof model === 'string', 'model: field required');
  assertShape(typeof maxTokens === 'number' && maxTokens > 0, 'max_tokens: field required');
  assertShape(Array.isArray(messages) && messages.length > 0, 'messages: field required');
  assertShape(Array.isArray(tools), 'tools: must be a list');
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
  asked.maxTokens = maxTokens;
  asked.reasoning = body['thinking'];
  for (const message of messages as unknown[]) readMessage(message, asked);
  for (const tool of tools as unknown[]) {
    assertShape(
      isObject(tool) && typeof tool['name'] === 'string' && isObject(tool['input_schema']),
      'tools: name and input_schema are required',
    );
    asked.tools?.push(tool['name']);
    if (isObject(choice) && choice['name'] === tool['name']) [asked.answerTool, asked.schema] = [tool['name'], tool['input_schema']];
  }
  const format = isObject(body['output_config']) ? body['output_config']['format'] : body['output_format'];
  if (isObject(format)) {
    assertShape(format['type'] === 'json_schema' && isObject(format['schema']), 'output_config.format: schema is required');
    asked.schema = format['schema'];
  }
  return asked;
}

function readMessage(message: unknown, asked: WireAsked): void {
  assertShape(
    isObject(message) && (message['role'] === 'user' || message['role'] === 'assistant'),
    'messages: role must be user or assistant',
  );
  const blocks = message['content'];
  assertShape(Array.isArray(blocks) && blocks.length > 0, 'messages: content must hold blocks');
  for (const block of blocks as unknown[]) {
    assertShape(isObject(block), 'messages: a block must be an object');
    if (block['type'] === 'text' && message['role'] === 'user') asked.texts.push(String(block['text']));
    else if (block['type'] === 'thinking') asked.signatures?.push(String(block['signature']));
    else if (block['type'] === 'tool_result') asked.results?.push({ id: String(block['tool_use_id']), output: textOf(block['content']) });
    else if (block['type'] === 'image' || block['type'] === 'document') {
      const source = block['source'];
      assertShape(isObject(source) && source['type'] === 'base64', 'messages: media must come as base64');
      asked.media?.push(`${String(source['media_type'])};${String(source['data'])}`);
    }
  }
}

const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content));

/** The blocks of an answer: thinking, text or the tool the schema is asked with, tools. */
function blocksOf(asked: WireAsked, { text, reasoning, toolCalls }: WireAnswer): JsonObject[] {
  const thinking = reasoning === undefined ? [] : [{ type: 'thinking', thinking: reasoning, signature }];
  const said =
    asked.answerTool === undefined
      ? text === ''
        ? []
        : [{ type: 'text', text }]
      : [{ type: 'tool_use', id: 'toolu_answer', name: asked.answerTool, input: JSON.parse(text) as unknown }];
  return [...thinking, ...said, ...toolCalls.map(({ id, name, input }) => ({ type: 'tool_use', id, name, input }))];
}

function blockFrames(block: JsonObject, index: number): string[] {
  const delta = (part: object): string => sse({ type: 'content_block_delta', index, delta: part }, 'content_block_delta');
  const frames = (empty: object, deltas: string[]): string[] => [
    sse({ type: 'content_block_start', index, content_block: empty }, 'content_block_start'),
    ...deltas,
    sse({ type: 'content_block_stop', index }, 'content_block_stop'),
  ];
  if (block['type'] === 'text') {
    const pieces = piecesOf(String(block['text'])).map((text) => delta({ type: 'text_delta', text }));
    return frames({ type: 'text', text: '' }, pieces);
  }
  if (block['type'] === 'thinking') {
    const pieces = piecesOf(String(block['thinking'])).map((thinking) => delta({ type: 'thinking_delta', thinking }));
    return frames({ type: 'thinking', thinking: '', signature: '' }, [...pieces, delta({ type: 'signature_delta', signature })]);
  }
  const input = typeof block['input'] === 'string' ? block['input'] : JSON.stringify(block['input']);
  const half = Math.ceil(input.length / 2);
  const pieces = [input.slice(0, half), input.slice(half)].map((partial_json) => delta({ type: 'input_json_delta', partial_json }));
  return frames({ type: 'tool_use', id: block['id'], name: block['name'], input: {} }, pieces);
}

function stopOf(asked: WireAsked, { finish, toolCalls }: WireAnswer): string {
  if (finish === 'length') return 'max_tokens';
  if (finish === 'filter') return 'refusal';
  return toolCalls.length > 0 || asked.answerTool !== undefined ? 'tool_use' : 'end_turn';
}

/** What came from the cache is not among the input tokens here. */
const usageOf = ({ usage: { input, output, cached } }: WireAnswer) => ({
  input_tokens: input - cached,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: cached,
  output_tokens: output,
});
