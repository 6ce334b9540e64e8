import type { Words } from '@patchbay/flow';

const tryLater: Words = { en: 'Try again later, or let this step retry.', 'zh-Hans': '请稍后再试，或让此步骤自动重试。' };
const checkAddress: Words = { en: 'Check the address.', 'zh-Hans': '请检查地址。' };

/** Sentences for what goes wrong between us and the other side: no connection, the way there, its silence, its size. */
export const outboundWords: Readonly<Record<string, { message: Words; fix?: Words }>> = {
  no_connection: {
    message: { en: 'There is no connection to {provider}.', 'zh-Hans': '尚未连接 {provider}。' },
    fix: { en: 'Add its key, or choose another model.', 'zh-Hans': '请添加密钥，或选择其他模型。' },
  },
  secrets_locked: {
    message: {
      en: 'The stored key cannot be opened: the master key it was sealed with is missing, or the stored text was changed.',
      'zh-Hans': '无法解开已保存的密钥：加密它的主密钥缺失，或保存的内容被改动。',
    },
    fix: {
      en: 'Put the key file or PATCHBAY_SECRET_KEY back as it was, or enter the key of the connection anew.',
      'zh-Hans': '请恢复密钥文件或 PATCHBAY_SECRET_KEY，或在连接中重新填写密钥。',
    },
  },
  connection_reserved: {
    message: {
      en: 'The connection “{connection}” is only for those who manage this workspace, and this run was started by somebody who does not.',
      'zh-Hans': '连接“{connection}”仅供管理此工作区的人使用，而启动此运行的人没有该权限。',
    },
    fix: {
      en: 'Start it with an API key of scope manage, choose another model, or let everyone use the connection.',
      'zh-Hans': '请使用范围为 manage 的 API 密钥启动，选择其他模型，或允许所有人使用该连接。',
    },
  },
  secret_reserved: {
    message: {
      en: 'The secret “{secret}” is only for those who manage this workspace, and this run was started by somebody who does not.',
      'zh-Hans': '机密值“{secret}”仅供管理此工作区的人使用，而启动此运行的人没有该权限。',
    },
    fix: {
      en: 'Start it with an API key of scope manage, or let everyone use the secret.',
      'zh-Hans': '请使用范围为 manage 的 API 密钥启动，或允许所有人使用该机密值。',
    },
  },
  no_secret: {
    message: { en: 'There is no secret named “{secret}”.', 'zh-Hans': '没有名为“{secret}”的机密值。' },
    fix: { en: 'Add it under Connections, or choose another one.', 'zh-Hans': '请在“连接”中添加，或选择其他机密值。' },
  },
  secret_elsewhere: {
    message: {
      en: 'The secret “{secret}” may be sent only to {origin}, not to {host}.',
      'zh-Hans': '机密值“{secret}”只能发往 {origin}，不能发往 {host}。',
    },
    fix: { en: 'Check the address, or add a secret for that host.', 'zh-Hans': '请检查地址，或为该主机添加机密值。' },
  },
  no_model: {
    message: { en: '{provider} offers no model.', 'zh-Hans': '{provider} 没有可用的模型。' },
    fix: { en: 'Name a model in this step.', 'zh-Hans': '请在此步骤中指定模型。' },
  },
  address_not_allowed: {
    message: { en: 'Flows may not call {host}.', 'zh-Hans': '流程不能访问 {host}。' },
    fix: {
      en: 'Public http and https addresses are allowed. Whoever runs Patchbay can allow others in PATCHBAY_ALLOWED_PRIVATE_HOSTS.',
      'zh-Hans': '允许公开的 http 和 https 地址。Patchbay 的运行者可在 PATCHBAY_ALLOWED_PRIVATE_HOSTS 中放行其他地址。',
    },
  },
  address_invalid: {
    message: { en: 'This is not an address to call: {url}', 'zh-Hans': '此地址无法调用：{url}' },
    fix: { en: 'Begin with http:// or https:// and the host.', 'zh-Hans': '请以 http:// 或 https:// 和主机名开头。' },
  },
  header_invalid: { message: { en: 'A header of the request to {host} cannot be sent.', 'zh-Hans': '发往 {host} 的某个请求头无法发送。' } },
  dns_failed: { message: { en: 'Nobody knows a host named {host}.', 'zh-Hans': '找不到主机 {host}。' }, fix: checkAddress },
  connect_failed: {
    message: { en: '{host} does not take our connection.', 'zh-Hans': '无法连接到 {host}。' },
    fix: { en: 'Check that it is running and the address is right.', 'zh-Hans': '请检查其是否运行，以及地址是否正确。' },
  },
  connect_timeout: { message: { en: '{host} could not be reached in time.', 'zh-Hans': '连接 {host} 超时。' }, fix: checkAddress },
  tls_failed: {
    message: { en: 'No safe connection to {host} came about ({code}).', 'zh-Hans': '无法与 {host} 建立安全连接（{code}）。' },
    fix: { en: 'Check its certificate, and that the address is https.', 'zh-Hans': '请检查其证书，以及地址是否为 https。' },
  },
  first_byte_timeout: {
    message: { en: '{host} took the request but did not answer.', 'zh-Hans': '{host} 收到请求但没有响应。' },
    fix: tryLater,
  },
  idle_timeout: {
    message: { en: '{host} fell silent in the middle of its answer.', 'zh-Hans': '{host} 在响应中途停止发送。' },
    fix: tryLater,
  },
  total_timeout: {
    message: { en: 'The answer of {host} took too long as a whole.', 'zh-Hans': '{host} 的响应总时间过长。' },
    fix: tryLater,
  },
  connection_lost: { message: { en: 'The connection to {host} broke off.', 'zh-Hans': '与 {host} 的连接中断。' }, fix: tryLater },
  malformed_http: { message: { en: '{host} does not speak HTTP.', 'zh-Hans': '{host} 的响应不是 HTTP。' }, fix: checkAddress },
  too_many_redirects: {
    message: { en: '{host} sends callers around in circles.', 'zh-Hans': '{host} 的重定向次数过多。' },
    fix: checkAddress,
  },
  response_too_large: {
    message: { en: 'The answer is larger than {limit} bytes.', 'zh-Hans': '响应超过 {limit} 字节。' },
    fix: { en: 'Ask for less.', 'zh-Hans': '请减少请求的内容。' },
  },
  line_too_long: {
    message: { en: 'The answer holds a line longer than {limit} characters.', 'zh-Hans': '响应中有一行超过 {limit} 个字符。' },
  },
  unknown_encoding: {
    message: { en: 'The answer is packed in a way we cannot read: {encoding}', 'zh-Hans': '无法解读响应的压缩方式：{encoding}' },
  },
};
