import { isObject } from '../reply.ts';
import { tinyPng } from './gemini.ts';
import { assertShape, type Refusal, type WireAsked, type WireError, type WireRequest } from './wire.ts';

/** What servers of OpenAI's wires do besides chat, by the end of the path. */
export function readOther({ method, path, headers, body, bytes }: WireRequest): WireAsked | undefined {
  if (method === 'GET' && path.endsWith('/models')) return { kind: 'list', model: '', stream: false, texts: [] };
  if (path.endsWith('/audio/transcriptions')) {
    const form = bytes.toString('latin1');
    assertShape(headers['content-type']?.startsWith('multipart/form-data; boundary='), 'multipart/form-data is required');
    const model = /name="model"\r\n\r\n([^\r]+)/.exec(form)?.[1];
    assertShape(model !== undefined && /name="file"; filename="[^"]+"/.test(form), 'file and model are required');
    return { kind: 'transcribe', model, stream: false, texts: [] };
  }
  const texts = textsOf(body['input'] ?? body['prompt']);
  const asked = { model: String(body['model']), stream: false, texts };
  const [, kind] = /\/(embeddings|images\/generations|audio\/speech|moderations)$/.exec(path) ?? [];
  if (kind === undefined) return undefined;
  assertShape(typeof body['model'] === 'string' && texts.length > 0, 'model and input are required');
  if (kind === 'embeddings') return { ...asked, kind: 'embed' };
  if (kind === 'moderations') return { ...asked, kind: 'moderate' };
  return { ...asked, kind: kind === 'audio/speech' ? 'speech' : 'image' };
}

const textsOf = (input: unknown): string[] => (Array.isArray(input) ? input : input === undefined ? [] : [input]).map(String);

/** Sound as bytes: an MP3 frame begins so. */
const sound = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0]);

export function answerOther(asked: WireAsked): unknown {
  switch (asked.kind) {
    case 'list':
      return {
        object: 'list',
        data: [
          { id: 'model-one', object: 'model' },
          { id: 'model-two', object: 'model' },
        ],
      };
    case 'embed': {
      const data = asked.texts.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 1, 0] }));
      return { object: 'list', model: asked.model, data, usage: { prompt_tokens: 7, total_tokens: 7, completion_tokens: 0 } };
    }
    case 'image':
      return { created: 0, data: [{ b64_json: tinyPng }], usage: { input_tokens: 11, output_tokens: 22, total_tokens: 33 } };
    case 'speech':
      // Mistral wraps its sound, the others send it as it is.
      return asked.model.startsWith('voxtral') ? { audio_data: sound.toString('base64') } : sound;
    case 'transcribe':
      return { text: 'Hello there', language: 'english', duration: 2, model: asked.model, segments: [segment], usage: mistralUsage };
    default: {
      const verdict = (text: string) => ({
        flagged: text.includes('bad'),
        categories: { violence: text.includes('bad') },
        category_scores: { violence: text.includes('bad') ? 0.9 : 0.1 },
      });
      return { id: 'fake', model: asked.model, results: asked.texts.map(verdict) };
    }
  }
}

const segment = {
  id: 0,
  seek: 0,
  start: 0,
  end: 2,
  text: 'Hello there',
  tokens: [],
  temperature: 0,
  avg_logprob: 0,
  compression_ratio: 1,
  no_speech_prob: 0,
};
const mistralUsage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };

export const openAiRefusals: Record<Refusal, Omit<WireError, 'body'> & { code: string | null; message?: string }> = {
  auth: { status: 401, code: 'invalid_api_key' },
  rate_limited: { status: 429, code: 'rate_limit_exceeded' },
  invalid_input: { status: 400, code: null },
  model_not_found: { status: 404, code: 'model_not_found' },
  context_too_long: { status: 400, code: 'context_length_exceeded' },
  content_filtered: { status: 400, code: 'content_filter' },
  provider_unavailable: { status: 503, code: null },
};

export function openAiError(as: Refusal, message: string): WireError {
  const { status, code, message: usual } = openAiRefusals[as];
  return { status, body: { error: { message: usual ?? message, type: 'fake_error', param: null, code } } };
}

/** The schema of an answer: as the wire has it, or written into the system's words where it takes none. */
export function schemaIn(format: unknown, words: readonly string[]): { schema?: Record<string, unknown> } {
  if (!isObject(format) || format['type'] === 'text') return {};
  const inner = isObject(format['json_schema']) ? format['json_schema']['schema'] : format['schema'];
  if (isObject(inner)) return { schema: inner };
  const written = words.flatMap((text) => text.split('\n')).flatMap((line) => /\{"type":"object".*\}/.exec(line)?.[0] ?? []);
  assertShape(written[0] !== undefined, 'response_format: the prompt must say the shape');
  return { schema: JSON.parse(written[0]) as Record<string, unknown> };
}

export const bearerIs: (request: WireRequest, secrets: { apiKey?: string }) => string | undefined = ({ headers }, { apiKey }) =>
  headers.authorization === `Bearer ${apiKey}` ? undefined : 'Incorrect API key provided.';
