import type { Family } from '../ai-sdk/family.ts';
import { responsesOptions } from './openai.ts';

/** Azure OpenAI at its versioned address, `…/openai/v1`. A model is the name of a deployment, so none can be listed. */
export const azure: Family = {
  id: 'azure',
  title: 'Azure OpenAI',
  takes: ['image', 'file'],
  gives: [],
  does: ['embed', 'image', 'speech', 'transcribe'],
  load: async () => {
    const { createAzure } = await import('@ai-sdk/azure');
    return ({ baseUrl, apiKey = '', fetch }) => {
      const sdk = createAzure({ baseURL: baseUrl, apiKey, fetch });
      return {
        chat: (model) => sdk.responses(model),
        embed: (model) => sdk.embeddingModel(model),
        image: (model) => sdk.imageModel(model),
        speech: (model) => sdk.speech(model),
        transcribe: (model) => sdk.transcription(model),
      };
    };
  },
  // The package reads them under either name, by its version.
  chatOptions: (request) => ({ azure: responsesOptions(request), openai: responsesOptions(request) }),
};
