import type { Family } from '../ai-sdk/family.ts';

/** An AWS key pair written as `id:secret` or `id:secret:session token`. Anything else is an API key of Bedrock. */
function pairOf(apiKey: string) {
  const [accessKeyId = '', secretAccessKey, sessionToken] = apiKey.split(':');
  if (secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

/** Amazon Bedrock by its Converse API, signed (SigV4) or with one of its API keys. `settings.region` is the region. */
export const bedrock: Family = {
  id: 'bedrock',
  title: 'Amazon Bedrock',
  takes: ['image', 'file'],
  gives: [],
  does: ['embed', 'image', 'rerank'],
  usual: { embed: 'amazon.titan-embed-text-v2:0', image: 'amazon.nova-canvas-v1:0', rerank: 'amazon.rerank-v1:0' },
  secretsOf: (apiKey) => apiKey.split(':').slice(1),
  load: async () => {
    const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
    return ({ baseUrl, apiKey = '', settings, fetch }) => {
      const pair = pairOf(apiKey);
      const own = { region: settings['region'] ?? 'us-east-1', fetch };
      // An empty key keeps the package from looking for one in the environment of the process.
      const access = pair === undefined && apiKey !== '' ? { apiKey } : { apiKey: '', accessKeyId: '', secretAccessKey: '', ...pair };
      const sdk = createAmazonBedrock({ ...own, ...access, baseURL: baseUrl });
      // Ranking is another service, at another address.
      const agent = createAmazonBedrock({ ...own, ...access, baseURL: baseUrl.replace('//bedrock-runtime.', '//bedrock-agent-runtime.') });
      return {
        chat: (model) => sdk(model),
        embed: (model) => sdk.embeddingModel(model),
        image: (model) => sdk.imageModel(model),
        rerank: (model) => agent.rerankingModel(model),
      };
    };
  },
};
