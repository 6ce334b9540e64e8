import type { ProviderCard } from './providers.ts';

/** The clouds, each with what it asks for instead of a key alone. How they are reached is known to the host. */
export const cloudCards: readonly ProviderCard[] = [
  {
    id: 'azure',
    title: { en: 'Azure OpenAI', 'zh-Hans': 'Azure OpenAI' },
    keyPrefixes: [],
    keyUrl: 'https://portal.azure.com',
    needsKey: true,
    needsBaseUrl: true,
    fields: [
      {
        part: 'key',
        title: { en: 'Key', 'zh-Hans': '密钥' },
        help: {
          en: 'Either of the two keys on the resource’s page “Keys and Endpoint”.',
          'zh-Hans': '资源“密钥和终结点”页面上的两个密钥之一。',
        },
        example: '0a1b2c3d4e5f…',
        required: true,
      },
      {
        part: 'baseUrl',
        title: { en: 'Endpoint', 'zh-Hans': '终结点' },
        help: { en: 'On the same page. The key is sent only there.', 'zh-Hans': '在同一页面上。密钥只会发往此处。' },
        example: 'https://my-resource.openai.azure.com',
        required: true,
      },
      {
        part: 'model',
        title: { en: 'Deployment', 'zh-Hans': '部署' },
        help: { en: 'The name the model was given when it was deployed.', 'zh-Hans': '部署模型时所起的名称。' },
        example: 'my-gpt-4.1-mini',
        required: true,
      },
    ],
  },
  {
    id: 'vertex',
    title: { en: 'Google Vertex AI', 'zh-Hans': 'Google Vertex AI' },
    // A key file is JSON.
    keyPrefixes: ['{', 'AQ.'],
    keyUrl: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
    needsKey: true,
    needsBaseUrl: false,
    keyForm: 'file',
    fields: [
      {
        part: 'key',
        title: { en: 'Key file of a service account', 'zh-Hans': '服务账号的密钥文件' },
        help: {
          en: 'Paste its JSON, or choose or drop the file. A key of express mode works too.',
          'zh-Hans': '粘贴其 JSON 内容，或选择、拖入文件。也可使用快速模式的密钥。',
        },
        example: '{ "type": … }',
        required: true,
      },
      {
        part: 'region',
        title: { en: 'Location', 'zh-Hans': '位置' },
        help: { en: 'Left empty: global.', 'zh-Hans': '留空则为 global。' },
        example: 'europe-west4',
        required: false,
      },
      {
        part: 'model',
        title: { en: 'Model when none is named', 'zh-Hans': '未指定时使用的模型' },
        help: { en: 'Left empty: gemini-2.5-flash.', 'zh-Hans': '留空则为 gemini-2.5-flash。' },
        example: 'gemini-2.5-pro',
        required: false,
      },
    ],
  },
  {
    id: 'bedrock',
    title: { en: 'Amazon Bedrock', 'zh-Hans': 'Amazon Bedrock' },
    keyPrefixes: ['AKIA', 'ASIA', 'ABSK', 'bedrock-api-key-', 'aws_access_key_id', '[default]', 'export AWS_', 'Access key ID'],
    keyUrl: 'https://console.aws.amazon.com/iam/home#/security_credentials',
    needsKey: true,
    needsBaseUrl: false,
    keyForm: 'pair',
    fields: [
      {
        part: 'key',
        title: { en: 'Access key ID, or a Bedrock API key', 'zh-Hans': '访问密钥 ID，或 Bedrock API 密钥' },
        help: {
          en: 'What you copied from the console or a credentials file can be pasted whole.',
          'zh-Hans': '可以整段粘贴从控制台或凭证文件复制的内容。',
        },
        example: 'AKIA…',
        required: true,
      },
      {
        part: 'region',
        title: { en: 'Region', 'zh-Hans': '区域' },
        help: { en: 'Where your account may use the models.', 'zh-Hans': '您的账号可以使用模型的区域。' },
        example: 'eu-central-1',
        required: true,
      },
      {
        part: 'model',
        title: { en: 'Model when none is named', 'zh-Hans': '未指定时使用的模型' },
        help: { en: 'Left empty: Nova Lite of the region’s group.', 'zh-Hans': '留空则为该区域组的 Nova Lite。' },
        example: 'eu.amazon.nova-pro-v1:0',
        required: false,
      },
    ],
  },
];
