import { bearer, type Family } from '../ai-sdk/family.ts';

/** Qwen at Alibaba Cloud Model Studio, at its OpenAI-compatible address. */
export const alibaba: Family = {
  id: 'alibaba',
  title: 'Alibaba Cloud (Qwen)',
  takes: ['image'],
  gives: [],
  does: [],
  usual: { embed: 'text-embedding-v4' },
  listing: { path: '/models', headers: bearer },
  load: async () => {
    const { createAlibaba } = await import('@ai-sdk/alibaba');
    return ({ baseUrl, apiKey = '', fetch }) => {
      const sdk = createAlibaba({ baseURL: baseUrl, apiKey, fetch });
      return { chat: (model) => sdk(model) };
    };
  },
};
