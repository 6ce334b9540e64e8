import {
  type Billed,
  type Capability,
  type ChatRequest,
  estimateInput,
  estimateTokens,
  heardTokensPerSecond,
  largestPictureTokens,
  type ModelProvider,
  pictureTokens,
  soundSeconds,
  spokenSeconds,
  spokenTokensPerSecond,
  wordTokensPerSecond,
} from '@patchbay/models';

/** What a call that is not chat will be billed for: as it usually comes out, and at most. Ours, since nobody is asked. */
export interface CallSize {
  usual: Billed;
  most: Billed;
}

type Asked<Name extends Capability> = Parameters<NonNullable<ModelProvider[Name]>>[0];
type Sizes = { [Name in Capability]: (request: Asked<Name>) => CallSize };

const same = (usual: Billed): CallSize => ({ usual, most: usual });
const inputOnly = (texts: readonly string[]): CallSize =>
  same({ inputTokens: texts.reduce((sum, text) => sum + estimateTokens(text), 0), outputTokens: 0 });

const sizes: Sizes = {
  embed: ({ texts }) => inputOnly(texts),
  moderate: ({ texts }) => inputOnly(texts),
  rerank: ({ query, documents }) => inputOnly([query, ...documents]),
  image: ({ prompt, images = [], count = 1 }) => {
    const inputTokens = estimateTokens(prompt) + images.length * pictureTokens;
    const made = (tokens: number): Billed => ({ inputTokens, outputTokens: count * tokens, imageOutputTokens: count * tokens });
    return { usual: made(pictureTokens), most: made(largestPictureTokens) };
  },
  speech: ({ text, instructions = '' }) =>
    same({
      inputTokens: estimateTokens(text) + estimateTokens(instructions),
      outputTokens: Math.ceil(spokenSeconds(text) * spokenTokensPerSecond),
    }),
  transcribe: ({ audio }) => {
    const audioSeconds = soundSeconds(audio);
    const inputTokens = Math.ceil(audioSeconds * heardTokensPerSecond);
    return same({
      inputTokens,
      outputTokens: Math.ceil(audioSeconds * wordTokensPerSecond),
      audioInputTokens: inputTokens,
      audioSeconds,
    });
  },
};

export const sizeOf = <Name extends Capability>(what: Name, request: Asked<Name>): CallSize => sizes[what](request);

/** A chat request, whose size is counted only when it is needed, or the size of what is not chat. */
export type Sized = ChatRequest | CallSize;

const isSize = (sized: Sized): sized is CallSize => 'most' in sized;

/** The longest answer that is reckoned with where the author set none, in tokens. */
export const usualLongestAnswer = 4_096;

export function mostOf(sized: Sized): Billed {
  if (isSize(sized)) return sized.most;
  return { inputTokens: estimateInput(sized), outputTokens: sized.maxOutputTokens ?? usualLongestAnswer };
}

/** What a call is billed for whose end nobody saw: of chat what was heard, of anything else all of it. */
export const unseenOf = (sized: Sized, heard: string): Billed =>
  isSize(sized) ? sized.usual : { inputTokens: estimateInput(sized), outputTokens: estimateTokens(heard) };
