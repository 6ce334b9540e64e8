import { isObject, type JsonObject } from '../reply.ts';
import { awsEvent } from './aws-event.ts';
import { tinyPng } from './gemini.ts';
import { checkSignature } from './sigv4.ts';
import { piecesOf } from './start-wire.ts';
import { assertShape, type Refusal, type Wire, type WireAnswer, type WireAsked, type WireError } from './wire.ts';

const signature = 'signed-thinking';

/** Amazon Bedrock: Converse, whole and as an event stream, and the models that do something else. */
export const bedrockWire: Wire = {
  name: 'bedrock',
  streamType: 'application/vnd.amazon.eventstream',
  authenticate: (request, secrets) => {
    if (secrets.apiKey === undefined) return checkSignature(request, secrets);
    return request.headers.authorization === `Bearer ${secrets.apiKey}` ? undefined : 'Authentication failed';
  },
  read: ({ method, path, body }) => {
    assertShape(method === 'POST', 'only POST is known');
    if (path === '/rerank') return readRerank(body);
    const [, id = '', action] = /^\/model\/([^/]+)\/(converse|converse-stream|invoke)$/.exec(path) ?? [];
    const model = decodeURIComponent(id);
    if (action === 'invoke') return readInvoke(model, body);
    assertShape(action !== undefined, `no such path: ${path}`);
    return readConverse(model, action === 'converse-stream', body);
  },
  whole: (asked, answer) => ({
    output: { message: { role: 'assistant', content: blocksOf(asked, answer) } },
    stopReason: stopOf(asked, answer),
    usage: usageOf(answer),
    metrics: { latencyMs: 1 },
  }),
  frames: (asked, answer) => [
    awsEvent('messageStart', { role: 'assistant' }),
    ...blocksOf(asked, answer).flatMap(blockFrames),
    awsEvent('messageStop', { stopReason: stopOf(asked, answer) }),
    awsEvent('metadata', { usage: usageOf(answer), metrics: { latencyMs: 1 } }),
  ],
  refuse: (as, message) => {
    const { status, kind, message: usual } = refusals[as];
    return { status, headers: { 'x-amzn-errortype': `${kind}:http://internal.amazon.com/` }, body: { message: usual ?? message } };
  },
  errorFrame: () => awsEvent('serviceUnavailableException', { message: 'The service is unavailable.' }, true),
  malformedFrame: () => awsEvent('contentBlockDelta', '{"contentBlockIndex":0,"delta"'),
  other: (asked) => {
    if (asked.kind === 'rerank') return { results: asked.texts.map((_, index) => ({ index, relevanceScore: 1 / (index + 1) })) };
    if (asked.kind === 'image') return { images: [tinyPng] };
    return { embedding: [asked.texts[0]?.length ?? 0, 1, 0], inputTextTokenCount: 7 };
  },
};

const refusals: Record<Refusal, Omit<WireError, 'body'> & { kind: string; message?: string }> = {
  auth: { status: 403, kind: 'UnrecognizedClientException' },
  rate_limited: { status: 429, kind: 'ThrottlingException' },
  invalid_input: { status: 400, kind: 'ValidationException' },
  model_not_found: { status: 400, kind: 'ValidationException', message: 'The provided model identifier is invalid.' },
  context_too_long: { status: 400, kind: 'ValidationException', message: 'Input is too long for requested model.' },
  content_filtered: { status: 400, kind: 'ValidationException', message: 'Blocked by the content policy.' },
  provider_unavailable: { status: 503, kind: 'ServiceUnavailableException' },
};

function readConverse(model: string, stream: boolean, body: JsonObject): WireAsked {
  const { messages, toolConfig, inferenceConfig } = body;
  assertShape(Array.isArray(messages) && messages.length > 0, 'messages: must not be empty');
  const asked: WireAsked = { kind: 'chat', model, stream, texts: [], tools: [], results: [], media: [], signatures: [] };
  for (const message of messages as unknown[]) {
    assertShape(isObject(message) && Array.isArray(message['content']), 'messages: content must hold blocks');
    for (const block of message['content'] as unknown[]) if (isObject(block)) readBlock(block, message['role'] === 'user', asked);
  }
  if (isObject(inferenceConfig))
    asked.maxTokens = typeof inferenceConfig['maxTokens'] === 'number' ? inferenceConfig['maxTokens'] : undefined;
  const more = isObject(body['additionalModelRequestFields']) ? body['additionalModelRequestFields'] : {};
  asked.reasoning = more['thinking'] ?? more['reasoningConfig'];
  const format = isObject(more['output_config']) ? more['output_config']['format'] : undefined;
  if (isObject(format) && isObject(format['schema'])) asked.schema = format['schema'];
  if (!isObject(toolConfig)) return asked;
  const choice = isObject(toolConfig['toolChoice']) ? toolConfig['toolChoice'] : {};
  for (const tool of Array.isArray(toolConfig['tools']) ? (toolConfig['tools'] as unknown[]) : []) {
    const spec = isObject(tool) ? tool['toolSpec'] : undefined;
    assertShape(isObject(spec) && typeof spec['name'] === 'string' && isObject(spec['inputSchema']), 'toolConfig: toolSpec is required');
    asked.tools?.push(spec['name']);
    const schema = spec['inputSchema']['json'];
    const forced = 'any' in choice || (isObject(choice['tool']) && choice['tool']['name'] === spec['name']);
    if (spec['name'] === 'json' && forced && isObject(schema)) [asked.answerTool, asked.schema] = ['json', schema];
  }
  return asked;
}

function readBlock(block: JsonObject, fromUser: boolean, asked: WireAsked): void {
  if (typeof block['text'] === 'string' && fromUser) asked.texts.push(block['text']);
  const { toolResult, reasoningContent } = block;
  if (isObject(toolResult)) asked.results?.push({ id: String(toolResult['toolUseId']), output: JSON.stringify(toolResult['content']) });
  const thought = isObject(reasoningContent) ? reasoningContent['reasoningText'] : undefined;
  if (isObject(thought)) asked.signatures?.push(String(thought['signature']));
  for (const kind of ['image', 'video', 'document']) {
    const medium = block[kind];
    if (!isObject(medium) || !isObject(medium['source'])) continue;
    const top = kind === 'document' ? 'application' : kind;
    asked.media?.push(`${top}/${String(medium['format'])};${String(medium['source']['bytes'])}`);
  }
}

function readInvoke(model: string, body: JsonObject): WireAsked {
  if (typeof body['inputText'] === 'string') return { kind: 'embed', model, stream: false, texts: [body['inputText']] };
  const asked = isObject(body['textToImageParams']) ? body['textToImageParams']['text'] : undefined;
  assertShape(typeof asked === 'string', 'textToImageParams: text is required');
  return { kind: 'image', model, stream: false, texts: [asked] };
}

function readRerank({ sources }: JsonObject): WireAsked {
  assertShape(Array.isArray(sources) && sources.length > 0, 'sources: must not be empty');
  return { kind: 'rerank', model: '', stream: false, texts: sources.map((source) => JSON.stringify(source)) };
}

function blocksOf(asked: WireAsked, { text, reasoning, toolCalls }: WireAnswer): JsonObject[] {
  const thought = reasoning === undefined ? [] : [{ reasoningContent: { reasoningText: { text: reasoning, signature } } }];
  const answer =
    asked.answerTool === undefined
      ? { text }
      : { toolUse: { toolUseId: 'answer', name: asked.answerTool, input: JSON.parse(text) as unknown } };
  const calls = toolCalls.map(({ id, name, input }) => ({ toolUse: { toolUseId: id, name, input } }));
  return [...thought, ...(text === '' ? [] : [answer]), ...calls];
}

function blockFrames(block: JsonObject, contentBlockIndex: number): Buffer[] {
  const delta = (part: object): Buffer => awsEvent('contentBlockDelta', { contentBlockIndex, delta: part });
  const stop = awsEvent('contentBlockStop', { contentBlockIndex });
  if (typeof block['text'] === 'string') return [...piecesOf(block['text']).map((text) => delta({ text })), stop];
  const { toolUse, reasoningContent } = block;
  if (isObject(toolUse)) {
    const { input, ...start } = toolUse;
    const written = typeof input === 'string' ? input : JSON.stringify(input);
    const half = Math.ceil(written.length / 2);
    const pieces = [written.slice(0, half), written.slice(half)].map((piece) => delta({ toolUse: { input: piece } }));
    return [awsEvent('contentBlockStart', { contentBlockIndex, start: { toolUse: start } }), ...pieces, stop];
  }
  const thought = (reasoningContent as { reasoningText: { text: string } }).reasoningText.text;
  const pieces = piecesOf(thought).map((text) => delta({ reasoningContent: { text } }));
  return [...pieces, delta({ reasoningContent: { signature } }), stop];
}

function stopOf(asked: WireAsked, { finish, toolCalls }: WireAnswer): string {
  if (finish === 'length') return 'max_tokens';
  if (finish === 'filter') return 'content_filtered';
  return toolCalls.length > 0 || asked.answerTool !== undefined ? 'tool_use' : 'end_turn';
}

/** What came from the cache is not among the input tokens here. */
const usageOf = ({ usage: { input, output, cached } }: WireAnswer): JsonObject => ({
  inputTokens: input - cached,
  outputTokens: output,
  totalTokens: input + output,
  cacheReadInputTokens: cached,
});
