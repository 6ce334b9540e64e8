import { assertLine, type Cloud, CloudFault } from './cloud.ts';

/** Azure OpenAI: a resource's endpoint, and the name of a deployment where the others have a model. */
export const azure: Cloud = {
  connect: ({ id, baseUrl, apiKey, model }) => {
    if (baseUrl === undefined) throw new CloudFault('baseUrl', 'base_url_needed');
    // Its portal offers addresses of single deployments as well; the resource is what they begin with.
    const endpoint = baseUrl.replace(/\/openai(?:[/?].*)?$/, '').replace(/\/+$/, '');
    return {
      id,
      family: 'azure',
      baseUrl: `${endpoint}/openai/v1`,
      apiKey,
      model,
      privateAllowed: true,
      tableProvider: new URL(endpoint).hostname.endsWith('.azure.com') ? 'azure' : undefined,
      auto: true,
    };
  },
  readSecret: (copied) => {
    assertLine(copied);
    return copied;
  },
  nameOfSecret: (secret) => secret,
};
