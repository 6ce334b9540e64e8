import { base64Of, bytesOf, mediaTypeOf } from '../base64.ts';
import type {
  CallContext,
  Capability,
  EmbedRequest,
  EmbedResult,
  ImageRequest,
  ImageResult,
  ModelProvider,
  RerankRequest,
  RerankResult,
  SpeechRequest,
  SpeechResult,
  TranscribeRequest,
  TranscribeResult,
  Usage,
} from '../interface.ts';
import type { JsonRecord } from '../json.ts';
import { heardTokensPerSecond, pictureTokens, spokenTokensPerSecond } from '../media-tokens.ts';
import { priceOf } from '../prices.ts';
import { soundSeconds, spokenSeconds } from '../sound.ts';
import { estimateTokens } from '../tokens.ts';
import { failureOf } from './failure.ts';
import type { Sdk } from './family.ts';
import type { AiSdkOptions, Opened } from './provider.ts';
import { toldTokens } from './told-tokens.ts';

type Kind = Exclude<Capability, 'moderate'>;
type Methods = Pick<ModelProvider, Kind>;

/** What a model is asked with, the model chosen and opened. */
interface Asking<Made> {
  model: Made;
  signal: AbortSignal;
}

/** The methods a family's package does besides chat; the others are left out. */
export function capabilitiesOf(does: readonly Kind[], opened: Opened, options: AiSdkOptions): Methods {
  const bill = async (model: string, tokens: Tokens): Promise<Usage> => {
    const { input: inputTokens, output: outputTokens, ...more } = tokens;
    const usage: Usage = { inputTokens, outputTokens, costUsd: null, ...more };
    const price = await priceOf({ provider: options.id, model, tableProvider: options.tableProvider }, options.prices);
    return { ...usage, costUsd: price(usage) };
  };
  /** Opens the model, asks it, and adds what every answer says. */
  const method =
    <Request extends { model: string }, Made, Result>(make: (sdk: Sdk, model: string) => Made, ask: Ask<Request, Made, Result>) =>
    async (request: Request, call: CallContext): Promise<Result & { usage: Usage; model: string; simulated: boolean }> => {
      try {
        const model = make(await opened.sdk(request.model, call, false), request.model);
        const { tokens, ...result } = await ask(request, { model, signal: call.signal });
        return { ...(result as Result), usage: await bill(request.model, tokens), model: request.model, simulated: false };
      } catch (error) {
        throw failureOf(error, opened.context(request.model), call.signal);
      }
    };
  const all: Required<Methods> = {
    embed: method((sdk, model) => sdk.embed?.(model), embed),
    image: method((sdk, model) => sdk.image?.(model), image),
    speech: method((sdk, model) => sdk.speech?.(model), speech),
    transcribe: method((sdk, model) => sdk.transcribe?.(model), transcribe),
    rerank: method((sdk, model) => sdk.rerank?.(model), rerank),
  };
  return Object.fromEntries(does.map((kind) => [kind, all[kind]]));
}

interface Tokens extends Pick<Usage, 'estimated' | 'audioInputTokens' | 'audioSeconds' | 'imageOutputTokens'> {
  input: number;
  output: number;
}
type Ask<Request, Made, Result> = (request: Request, asking: Asking<Made>) => Promise<Result & { tokens: Tokens }>;
type Bare<Result> = Omit<Result, 'usage' | 'model' | 'simulated'>;
type Of<Name extends Kind> = ReturnType<NonNullable<Sdk[Name]>> | undefined;

/** A family that says it does something has it; this is what its type cannot say. */
function made<Model>(model: Model | undefined): Model {
  if (model === undefined) throw new Error('The package offers no such model.');
  return model;
}

const embed: Ask<EmbedRequest, Of<'embed'>, Bare<EmbedResult>> = async ({ texts, dimensions }, { model, signal }) => {
  const embedder = made(model);
  const most = (await embedder.maxEmbeddingsPerCall) ?? texts.length;
  const vectors: number[][] = [];
  let counted = 0;
  let told = true;
  for (let from = 0; from < texts.length; from += most) {
    const values = texts.slice(from, from + most);
    const { embeddings, usage } = await embedder.doEmbed({
      values,
      abortSignal: signal,
      ...(dimensions === undefined ? {} : { dimensions }),
    });
    vectors.push(...embeddings);
    told &&= usage !== undefined;
    counted += usage?.tokens ?? values.reduce((sum, text) => sum + estimateTokens(text), 0);
  }
  return { vectors, tokens: { input: counted, output: 0, estimated: !told } };
};

const image: Ask<ImageRequest, Of<'image'>, Bare<ImageResult>> = async ({ prompt, count = 1, size, images = [] }, { model, signal }) => {
  const files = images.map(({ mediaType, base64 }) => ({ type: 'file' as const, mediaType, data: bytesOf(base64) }));
  const { images: drawn, usage } = await made(model).doGenerate({
    prompt,
    n: count,
    size,
    aspectRatio: undefined,
    seed: undefined,
    files: files.length === 0 ? undefined : files,
    mask: undefined,
    providerOptions: {},
    abortSignal: signal,
  });
  const list = drawn.map((one) => {
    const base64 = typeof one === 'string' ? one : base64Of(one);
    return { type: 'media' as const, mediaType: mediaTypeOf(base64, 'image/png'), base64 };
  });
  const estimated = usage?.inputTokens === undefined || usage.outputTokens === undefined;
  const output = usage?.outputTokens ?? list.length * pictureTokens;
  // All that such a model answers is the picture.
  return { images: list, tokens: { input: usage?.inputTokens ?? estimateTokens(prompt), output, imageOutputTokens: output, estimated } };
};

const speech: Ask<SpeechRequest, Of<'speech'>, Bare<SpeechResult>> = async ({ text, voice, instructions, format }, { model, signal }) => {
  const { audio, usage } = await made(model).doGenerate({
    text,
    abortSignal: signal,
    ...(voice === undefined ? {} : { voice }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(format === undefined ? {} : { outputFormat: format }),
  });
  const base64 = typeof audio === 'string' ? audio : base64Of(audio);
  const otherwise = format === 'wav' ? 'audio/wav' : format === 'opus' ? 'audio/ogg' : 'audio/mpeg';
  const told = toldTokens(usage);
  const spoken = { input: estimateTokens(text), output: Math.ceil(spokenSeconds(text) * spokenTokensPerSecond), estimated: true };
  return { audio: { type: 'media', mediaType: mediaTypeOf(base64, otherwise), base64 }, tokens: told ?? spoken };
};

const transcribe: Ask<TranscribeRequest, Of<'transcribe'>, Bare<TranscribeResult>> = async (
  { audio, language: spoken },
  { model, signal },
) => {
  const { text, segments, language, durationInSeconds, usage } = await made(model).doGenerate({
    audio: bytesOf(audio.base64),
    mediaType: audio.mediaType,
    abortSignal: signal,
    ...(spoken === undefined ? {} : { providerOptions: { openai: { language: spoken }, mistral: { language: spoken } } }),
  });
  return {
    text,
    language: language ?? null,
    segments: segments.map((one) => ({ text: one.text, start: one.startSecond, end: one.endSecond })),
    tokens: heardTokens({ audio, text, seconds: durationInSeconds, usage }),
  };
};

interface Heard {
  audio: TranscribeRequest['audio'];
  text: string;
  /** As the provider says. */
  seconds: number | undefined;
  usage: JsonRecord | undefined;
}

/** Sound is paid by tokens or by time; where the provider tells neither, its length is told by the file. */
function heardTokens({ audio, text, seconds, usage }: Heard): Tokens {
  const told = toldTokens(usage);
  const audioSeconds = seconds ?? soundSeconds(audio);
  if (told !== undefined) return { audioInputTokens: told.input, ...told, audioSeconds };
  const input = Math.ceil(audioSeconds * heardTokensPerSecond);
  return { input, output: estimateTokens(text), audioInputTokens: input, audioSeconds, estimated: seconds === undefined };
}

const rerank: Ask<RerankRequest, Of<'rerank'>, Bare<RerankResult>> = async ({ query, documents, top }, { model, signal }) => {
  const { ranking } = await made(model).doRerank({
    query,
    documents: { type: 'text', values: [...documents] },
    abortSignal: signal,
    ...(top === undefined ? {} : { topN: top }),
  });
  const input = estimateTokens(query) + documents.reduce((sum, text) => sum + estimateTokens(text), 0);
  return {
    ranking: ranking.map(({ index, relevanceScore }) => ({ index, score: relevanceScore })),
    tokens: { input, output: 0, estimated: true },
  };
};
