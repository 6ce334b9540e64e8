import { bearer, type Family } from '../ai-sdk/family.ts';

/** DeepSeek's own cloud. What it thought goes back to it with the turns of a tool loop, which its package sees to. */
export const deepseek: Family = {
  id: 'deepseek',
  title: 'DeepSeek',
  takes: ['image'],
  gives: [],
  does: [],
  listing: { path: '/models', headers: bearer },
  load: async () => {
    const { createDeepSeek } = await import('@ai-sdk/deepseek');
    return ({ baseUrl, apiKey = '', fetch }) => {
      const sdk = createDeepSeek({ baseURL: baseUrl, apiKey, fetch });
      return { chat: (model) => sdk(model) };
    };
  },
};
