import { bearer, type Family } from '../ai-sdk/family.ts';
import type { ChatRequest } from '../interface.ts';

/** Nothing is kept at the provider; what it thought is told in short where thinking was asked for. */
export const responsesOptions = ({ reasoning }: ChatRequest) => ({
  store: false,
  ...(reasoning === undefined || reasoning === 'none' ? {} : { reasoningSummary: 'auto' }),
});

/** OpenAI's Responses API, and what OpenAI does besides chat. */
export const openai: Family = {
  id: 'openai',
  title: 'OpenAI',
  takes: ['image', 'file'],
  gives: [],
  does: ['embed', 'image', 'speech', 'transcribe'],
  usual: {
    embed: 'text-embedding-3-small',
    image: 'gpt-image-1',
    speech: 'gpt-4o-mini-tts',
    transcribe: 'gpt-4o-mini-transcribe',
    moderate: 'omni-moderation-latest',
  },
  listing: { path: '/models', headers: bearer },
  load: async () => {
    const { createOpenAI } = await import('@ai-sdk/openai');
    return ({ baseUrl, apiKey = '', fetch }) => {
      const sdk = createOpenAI({ baseURL: baseUrl, apiKey, fetch });
      return {
        chat: (model) => sdk.responses(model),
        embed: (model) => sdk.embeddingModel(model),
        image: (model) => sdk.image(model),
        speech: (model) => sdk.speech(model),
        transcribe: (model) => sdk.transcription(model),
      };
    };
  },
  chatOptions: (request) => ({ openai: responsesOptions(request) }),
};
