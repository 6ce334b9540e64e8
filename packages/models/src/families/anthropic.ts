import type { Family } from '../ai-sdk/family.ts';

const version = '2023-06-01';

/** Claude at Anthropic, or any server with its Messages API. */
export const anthropic: Family = {
  id: 'anthropic',
  title: 'Anthropic',
  takes: ['image', 'file'],
  gives: [],
  does: [],
  listing: {
    path: '/models',
    headers: (apiKey) => ({ 'anthropic-version': version, ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }) }),
  },
  load: async () => {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    return ({ baseUrl, apiKey = '', fetch }) => {
      const sdk = createAnthropic({ baseURL: baseUrl, apiKey, fetch });
      return { chat: (model) => sdk(model) };
    };
  },
};
