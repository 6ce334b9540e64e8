import type { Family } from '../ai-sdk/family.ts';
import { geminiOptions } from './google.ts';
import { googleToken, readServiceAccount } from './google-token.ts';

/** Gemini at Google Cloud's Vertex AI. The secret is a service account's key file, or an API key of express mode. */
export const vertex: Family = {
  id: 'vertex',
  title: 'Google Vertex AI',
  takes: ['image', 'audio', 'video', 'file'],
  gives: ['image'],
  does: ['embed', 'image'],
  usual: { embed: 'gemini-embedding-001', image: 'gemini-2.5-flash-image' },
  secretsOf: (apiKey) => {
    const account = readServiceAccount(apiKey);
    return account === undefined ? [] : [account.privateKey, account.privateKey.replace(/-----[A-Z ]+-----|\s/g, '')];
  },
  load: async () => {
    // The other entry brings an authentication library that makes its own connections.
    const { createGoogleVertex } = await import('@ai-sdk/google-vertex/edge');
    return ({ baseUrl, apiKey = '', fetch }) => {
      // With a key the package asks for no token: ours comes last, in its place.
      const sdk = createGoogleVertex({
        baseURL: baseUrl,
        apiKey: readServiceAccount(apiKey) === undefined ? apiKey || ' ' : 'token',
        fetch,
      });
      return { chat: (model) => sdk(model), embed: (model) => sdk.textEmbeddingModel(model), image: (model) => sdk.image(model) };
    };
  },
  headers: async ({ apiKey }, call): Promise<Record<string, string>> => {
    if (apiKey === undefined || !apiKey.trimStart().startsWith('{')) return {};
    return { authorization: `Bearer ${await googleToken(apiKey, call)}`, 'x-goog-api-key': '' };
  },
  chatOptions: (request) => ({ google: geminiOptions(request), vertex: geminiOptions(request), googleVertex: geminiOptions(request) }),
};
