import type { Family } from '../ai-sdk/family.ts';
import type { ChatRequest } from '../interface.ts';

/** Asks for images beside the text; what a model thought is told, since it is kept apart. */
export const geminiOptions = ({ outputs = [], reasoning }: ChatRequest) => ({
  ...(outputs.includes('image') ? { responseModalities: ['TEXT', 'IMAGE'] } : {}),
  ...(reasoning === undefined || reasoning === 'none' ? {} : { thinkingConfig: { includeThoughts: true } }),
});

/** Gemini at Google AI Studio. */
export const google: Family = {
  id: 'google',
  title: 'Google AI Studio',
  takes: ['image', 'audio', 'video', 'file'],
  gives: ['image'],
  does: ['embed', 'image', 'speech'],
  usual: { embed: 'gemini-embedding-001', image: 'gemini-2.5-flash-image', speech: 'gemini-2.5-flash-preview-tts' },
  listing: { path: '/models', headers: (apiKey) => (apiKey === undefined ? {} : { 'x-goog-api-key': apiKey }) },
  load: async () => {
    const { createGoogle } = await import('@ai-sdk/google');
    return ({ baseUrl, apiKey = '', fetch }) => {
      const sdk = createGoogle({ baseURL: baseUrl, apiKey, fetch });
      return {
        chat: (model) => sdk(model),
        embed: (model) => sdk.embeddingModel(model),
        image: (model) => sdk.image(model),
        speech: (model) => sdk.speech(model),
      };
    };
  },
  chatOptions: (request) => ({ google: geminiOptions(request) }),
};
