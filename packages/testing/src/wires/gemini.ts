import { isObject, type JsonObject } from '../reply.ts';
import { piecesOf } from './start-wire.ts';
import { assertShape, type Refusal, sse, type Wire, type WireAnswer, type WireAsked, type WireError } from './wire.ts';

/** Where the dialect is served: the beginning of its paths, and how the right to call is proven. */
export interface GeminiPlace {
  name: string;
  base: string;
  authenticate: Wire['authenticate'];
}

/** Google's Gemini API, `generateContent` and its like. */
export const createGeminiWire = ({ name, base, authenticate }: GeminiPlace): Wire => ({
  name,
  streamType: 'text/event-stream',
  authenticate,
  read: ({ method, path, query, body }) => {
    assertShape(path.startsWith(`${base}/`), `no such path: ${path}`);
    const rest = path.slice(base.length);
    if (method === 'GET' && rest === '/models') return { kind: 'list', model: '', stream: false, texts: [] };
    const [, model = '', action] = /^\/models\/([^/:]+):(\w+)$/.exec(rest) ?? [];
    if (action === 'batchEmbedContents' || action === 'embedContent') return readEmbed(model, body);
    if (action === 'predict') return readPredict(model, body);
    assertShape(action === 'generateContent' || action === 'streamGenerateContent', `no such path: ${path}`);
    const stream = action === 'streamGenerateContent';
    assertShape(!stream || query.get('alt') === 'sse', 'alt=sse is required');
    return readGenerate(model, stream, body);
  },
  whole: (asked, answer) => ({
    ...chunkOf(asked, partsOf(asked, answer), finishOf(answer)),
    usageMetadata: usageOf(answer),
  }),
  frames: (asked, answer) => {
    const pieces = partsOf(asked, answer).flatMap((part): JsonObject[] =>
      typeof part['text'] === 'string' ? piecesOf(part['text']).map((text) => ({ ...part, text })) : [part],
    );
    return [
      ...pieces.map((part) => sse(chunkOf(asked, [part]))),
      sse({ ...chunkOf(asked, [{ text: '' }], finishOf(answer)), usageMetadata: usageOf(answer) }),
    ];
  },
  refuse: (as, message) => {
    const { status, code, message: usual, details = [] } = refusals[as];
    return { status, body: { error: { code: status, message: usual ?? message, status: code, details } } };
  },
  errorFrame: () => sse({ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }),
  malformedFrame: () => sse('{"candidates": [{"content": {"parts"'),
  other: otherOf,
});

/** Gemini at Google AI Studio. */
export const geminiWire = createGeminiWire({
  name: 'google',
  base: '/v1beta',
  authenticate: ({ headers }, { apiKey }) =>
    headers['x-goog-api-key'] === apiKey ? undefined : 'API key not valid. Please pass a valid API key.',
});

const refusals: Record<Refusal, Omit<WireError, 'body'> & { code: string; message?: string; details?: object[] }> = {
  auth: {
    status: 400,
    code: 'INVALID_ARGUMENT',
    details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }],
  },
  rate_limited: {
    status: 429,
    code: 'RESOURCE_EXHAUSTED',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  invalid_input: { status: 400, code: 'INVALID_ARGUMENT' },
  model_not_found: { status: 404, code: 'NOT_FOUND', message: 'models/gemini-9 is not found for API version v1beta.' },
  context_too_long: {
    status: 400,
    code: 'INVALID_ARGUMENT',
    message: 'The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).',
  },
  content_filtered: { status: 400, code: 'INVALID_ARGUMENT', message: 'The prompt violates our content policy.' },
  provider_unavailable: { status: 503, code: 'UNAVAILABLE', message: 'The model is overloaded. Please try again later.' },
};

function readGenerate(model: string, stream: boolean, body: JsonObject): WireAsked {
  const { contents, tools, generationConfig: config } = body;
  assertShape(Array.isArray(contents) && contents.length > 0, 'contents: is not specified');
  const asked: WireAsked = { kind: 'chat', model, stream, texts: [], tools: [], results: [], media: [], signatures: [] };
  for (const content of contents as unknown[]) {
    assertShape(isObject(content) && (content['role'] === 'user' || content['role'] === 'model'), 'contents: role must be user or model');
    assertShape(Array.isArray(content['parts']) && content['parts'].length > 0, 'contents: parts must not be empty');
    for (const part of content['parts'] as unknown[]) readPart(part, content['role'] === 'user', asked);
  }
  for (const tool of Array.isArray(tools) ? (tools as unknown[]) : []) {
    assertShape(isObject(tool) && Array.isArray(tool['functionDeclarations']), 'tools: functionDeclarations are required');
    for (const one of tool['functionDeclarations'] as unknown[]) if (isObject(one)) asked.tools?.push(String(one['name']));
  }
  if (!isObject(config)) return asked;
  if (Array.isArray(config['responseModalities']) && config['responseModalities'].includes('IMAGE')) asked.draws = true;
  const speaks = Array.isArray(config['responseModalities']) && config['responseModalities'].includes('AUDIO');
  if (speaks) return { ...asked, kind: 'speech' };
  if (config['responseMimeType'] === 'application/json') {
    const schema = config['responseJsonSchema'] ?? config['responseSchema'];
    assertShape(isObject(schema), 'generationConfig: a schema is required');
    asked.schema = schema;
  }
  asked.maxTokens = typeof config['maxOutputTokens'] === 'number' ? config['maxOutputTokens'] : undefined;
  asked.reasoning = config['thinkingConfig'];
  return asked;
}

function readPart(part: unknown, fromUser: boolean, asked: WireAsked): void {
  assertShape(isObject(part), 'contents: a part must be an object');
  if (typeof part['thoughtSignature'] === 'string') asked.signatures?.push(part['thoughtSignature']);
  const { text, inlineData: inline, functionResponse: result } = part;
  if (typeof text === 'string' && fromUser) asked.texts.push(text);
  if (isObject(inline)) asked.media?.push(`${String(inline['mimeType'])};${String(inline['data'])}`);
  if (isObject(result)) asked.results?.push({ id: String(result['id'] ?? result['name']), output: JSON.stringify(result['response']) });
}

function readEmbed(model: string, body: JsonObject): WireAsked {
  const requests = Array.isArray(body['requests']) ? (body['requests'] as unknown[]) : [body];
  const texts = requests.map((one) => {
    const content = isObject(one) ? one['content'] : undefined;
    assertShape(isObject(content) && Array.isArray(content['parts']), 'content: parts are required');
    return content['parts'].map((part: unknown) => (isObject(part) ? String(part['text']) : '')).join('');
  });
  return { kind: 'embed', model, stream: false, texts };
}

/** `predict`, by which pictures are made, and texts embedded at Vertex. */
function readPredict(model: string, body: JsonObject): WireAsked {
  const { instances } = body;
  assertShape(Array.isArray(instances) && instances.length > 0, 'instances: is not specified');
  const [first] = instances as unknown[];
  assertShape(isObject(first), 'instances: must hold objects');
  if (typeof first['prompt'] === 'string') return { kind: 'image', model, stream: false, texts: [first['prompt']] };
  const texts = (instances as unknown[]).map((one) => (isObject(one) ? String(one['content']) : ''));
  return { kind: 'embed', model, stream: false, texts };
}

/** A small PNG and a second of nothing, as base64. */
export const tinyPng = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const silence = Buffer.alloc(64).toString('base64');

function otherOf(asked: WireAsked, answer: WireAnswer): unknown {
  if (asked.kind === 'list') return { models: [{ name: 'models/gemini-one' }, { name: 'models/gemini-two' }] };
  if (asked.kind === 'speech') {
    const inlineData = { mimeType: 'audio/L16;codec=pcm;rate=24000', data: silence };
    return { ...chunkOf(asked, [{ inlineData }], 'STOP'), usageMetadata: usageOf(answer) };
  }
  if (asked.kind === 'image') return { predictions: [{ bytesBase64Encoded: tinyPng, mimeType: 'image/png' }] };
  const values = asked.texts.map((text) => [text.length, 1, 0]);
  return {
    embeddings: values.map((one) => ({ values: one })),
    embedding: { values: values[0] },
    predictions: values.map((one) => ({ embeddings: { values: one, statistics: { token_count: 3 } } })),
  };
}

function partsOf({ draws = false }: WireAsked, { text, reasoning, toolCalls }: WireAnswer): JsonObject[] {
  const parts: JsonObject[] = [];
  if (reasoning !== undefined) parts.push({ text: reasoning, thought: true });
  if (text !== '') parts.push({ text });
  if (draws) parts.push({ inlineData: { mimeType: 'image/png', data: tinyPng } });
  for (const { id, name, input } of toolCalls) parts.push({ functionCall: { id, name, args: input }, thoughtSignature: 'signed-call' });
  return parts;
}

const chunkOf = ({ model }: WireAsked, parts: readonly JsonObject[], finishReason?: string): JsonObject => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...(finishReason === undefined ? {} : { finishReason }) }],
  modelVersion: model,
  responseId: 'fake',
});

const finishOf = ({ finish }: WireAnswer): string => (finish === 'stop' ? 'STOP' : finish === 'length' ? 'MAX_TOKENS' : 'SAFETY');

/** Thinking is counted beside the answer here, not within it. */
const usageOf = ({ usage: { input, output, cached, reasoning } }: WireAnswer): JsonObject => ({
  promptTokenCount: input,
  candidatesTokenCount: output - reasoning,
  thoughtsTokenCount: reasoning,
  cachedContentTokenCount: cached,
  totalTokenCount: input + output,
});
