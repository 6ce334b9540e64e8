import { isObject, type JsonObject } from '../reply.ts';
import { answerOther, bearerIs, openAiError, readOther, schemaIn } from './openai-other.ts';
import { piecesOf } from './start-wire.ts';
import { assertShape, sse, type Wire, type WireAnswer, type WireAsked } from './wire.ts';

/** What tells the servers of this wire apart. */
export interface ChatPlace {
  name: string;
  base: string;
  /** How thinking is told: in a field of its own, or as a part of the content. */
  thinking: 'field' | 'part';
}

/** OpenAI's chat completions, as OpenAI and many others serve them. */
export const createChatWire = ({ name, base, thinking }: ChatPlace): Wire => {
  const deltasOf = ({ text, reasoning, toolCalls }: WireAnswer): JsonObject[] => {
    const thought = reasoning === undefined ? [] : piecesOf(reasoning).map((piece) => thoughtOf(piece, thinking));
    const calls = toolCalls.flatMap(({ id, name: tool, input }, index) => {
      const written = typeof input === 'string' ? input : JSON.stringify(input);
      const half = Math.ceil(written.length / 2);
      const first = {
        index,
        id,
        type: 'function',
        function: { name: tool, arguments: thinking === 'part' ? written : written.slice(0, half) },
      };
      if (thinking === 'part') return [{ tool_calls: [first] }];
      return [{ tool_calls: [first] }, { tool_calls: [{ index, function: { arguments: written.slice(half) } }] }];
    });
    return [...thought, ...(text === '' ? [] : piecesOf(text).map((content) => ({ content }))), ...calls].map((delta, index) =>
      index === 0 ? { role: 'assistant', ...delta } : delta,
    );
  };
  return {
    name,
    streamType: 'text/event-stream',
    authenticate: bearerIs,
    read: (request) => {
      assertShape(request.path.startsWith(`${base}/`), `no such path: ${request.path}`);
      if (request.path !== `${base}/chat/completions`) {
        const other = readOther(request);
        assertShape(other, `no such path: ${request.path}`);
        return other;
      }
      return readChat(request.body);
    },
    whole: (asked, answer) => ({
      id: 'fake',
      object: 'chat.completion',
      created: 0,
      model: asked.model,
      choices: [{ index: 0, message: messageOf(answer, thinking), finish_reason: finishOf(answer) }],
      usage: usageOf(answer),
    }),
    frames: (asked, answer) => {
      const frame = (delta: object, finish: string | null = null, usage?: JsonObject): string =>
        sse({
          id: 'fake',
          object: 'chat.completion.chunk',
          created: 0,
          model: asked.model,
          choices: [{ index: 0, delta, finish_reason: finish }],
          ...(usage === undefined ? {} : { usage }),
        });
      const deltas = deltasOf(answer).map((delta) => frame(delta));
      return [...deltas, frame({}, finishOf(answer), usageOf(answer)), sse('[DONE]')];
    },
    refuse: openAiError,
    errorFrame: () => sse({ error: { message: 'The server had an error.', type: 'server_error', param: null, code: 'server_error' } }),
    malformedFrame: () => sse('{"choices":[{"delta":{"cont'),
    other: answerOther,
  };
};

export const mistralWire = createChatWire({ name: 'mistral', base: '/v1', thinking: 'part' });
export const deepseekWire = createChatWire({ name: 'deepseek', base: '/v1', thinking: 'field' });
export const alibabaWire = createChatWire({ name: 'alibaba', base: '/compatible-mode/v1', thinking: 'field' });
export const chatWire = createChatWire({ name: 'openai', base: '/v1', thinking: 'field' });

const thoughtOf = (text: string, thinking: ChatPlace['thinking']): JsonObject =>
  thinking === 'field' ? { reasoning_content: text } : { content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] };

function messageOf({ text, reasoning, toolCalls }: WireAnswer, thinking: ChatPlace['thinking']): JsonObject {
  const calls = toolCalls.map(({ id, name, input }) => ({
    id,
    type: 'function',
    function: { name, arguments: typeof input === 'string' ? input : JSON.stringify(input) },
  }));
  const said = text === '' ? null : text;
  const tools = calls.length === 0 ? {} : { tool_calls: calls };
  if (reasoning === undefined) return { role: 'assistant', content: said, ...tools };
  if (thinking === 'field') return { role: 'assistant', content: said, reasoning_content: reasoning, ...tools };
  const parts = [thoughtOf(reasoning, 'part')['content'], text === '' ? [] : [{ type: 'text', text }]].flat();
  return { role: 'assistant', content: parts, ...tools };
}

function readChat(body: JsonObject): WireAsked {
  const { model, messages, tools = [] } = body;
  assertShape(typeof model === 'string', 'model: is required');
  assertShape(Array.isArray(messages) && messages.length > 0, 'messages: is required');
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
  const words: string[] = [];
  for (const message of messages as unknown[]) readMessage(message, asked, words);
  for (const tool of Array.isArray(tools) ? (tools as unknown[]) : []) {
    const inner = isObject(tool) ? tool['function'] : undefined;
    assertShape(isObject(inner) && typeof inner['name'] === 'string' && isObject(inner['parameters']), 'tools: function is required');
    asked.tools?.push(inner['name']);
  }
  const most = body['max_completion_tokens'] ?? body['max_tokens'];
  asked.maxTokens = typeof most === 'number' ? most : undefined;
  asked.reasoning = body['reasoning_effort'] ?? body['thinking'] ?? body['enable_thinking'];
  return { ...asked, ...schemaIn(body['response_format'], words) };
}

function readMessage(message: unknown, asked: WireAsked, words: string[]): void {
  assertShape(
    isObject(message) && ['system', 'developer', 'user', 'assistant', 'tool'].includes(String(message['role'])),
    'messages: unknown role',
  );
  const { role, content } = message;
  if (role === 'tool') {
    assertShape(typeof message['tool_call_id'] === 'string', 'messages: tool_call_id is required');
    asked.results?.push({ id: message['tool_call_id'], output: typeof content === 'string' ? content : JSON.stringify(content) });
    return;
  }
  if (role === 'assistant' && typeof message['reasoning_content'] === 'string') asked.signatures?.push(message['reasoning_content']);
  const parts = Array.isArray(content) ? (content as unknown[]) : [{ type: 'text', text: content }];
  for (const part of parts) {
    assertShape(isObject(part), 'messages: a part must be an object');
    if (part['type'] === 'text' && typeof part['text'] === 'string') {
      if (role === 'user') asked.texts.push(part['text']);
      words.push(part['text']);
    } else if (role === 'user') asked.media?.push(mediaOf(part));
  }
}

/** A medium as `type;base64`, in whatever field the kind has. */
function mediaOf(part: JsonObject): string {
  if (isObject(part['input_audio'])) return `audio/${String(part['input_audio']['format'])};${String(part['input_audio']['data'])}`;
  const holder = part[String(part['type'])];
  const inner = isObject(holder) ? (holder['url'] ?? holder['file_data']) : holder;
  const [, type, data] = /^data:([^;]+);base64,(.*)$/.exec(String(inner)) ?? [];
  assertShape(type !== undefined, 'messages: media must come as a data URL');
  return `${type};${data}`;
}

function finishOf({ finish, toolCalls }: WireAnswer): string {
  if (finish === 'filter') return 'content_filter';
  if (finish === 'length') return 'length';
  return toolCalls.length > 0 ? 'tool_calls' : 'stop';
}

const usageOf = ({ usage: { input, output, cached, reasoning } }: WireAnswer): JsonObject => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_cache_hit_tokens: cached,
  prompt_tokens_details: { cached_tokens: cached },
  completion_tokens_details: { reasoning_tokens: reasoning },
});
