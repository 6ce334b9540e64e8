import { bearer, type Family } from '../ai-sdk/family.ts';

/** Mistral's own cloud. */
export const mistral: Family = {
  id: 'mistral',
  title: 'Mistral',
  takes: ['image', 'file'],
  gives: [],
  does: ['embed', 'speech', 'transcribe'],
  usual: { embed: 'mistral-embed', transcribe: 'voxtral-mini-latest', moderate: 'mistral-moderation-latest' },
  listing: { path: '/models', headers: bearer },
  load: async () => {
    const { createMistral } = await import('@ai-sdk/mistral');
    return ({ baseUrl, apiKey = '', fetch }) => {
      const sdk = createMistral({ baseURL: baseUrl, apiKey, fetch });
      return {
        chat: (model) => sdk(model),
        embed: (model) => sdk.embeddingModel(model),
        speech: (model) => sdk.speech(model),
        transcribe: (model) => sdk.transcription(model),
      };
    };
  },
};
