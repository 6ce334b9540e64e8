import type { Words } from '@patchbay/flow';
import type { KeyScope } from './resources.ts';

/** Codes of refused requests, each with its HTTP status. Codes of failed runs are error classes; see `failed-run.ts`. */
export const requestStatus = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  precondition_failed: 412,
  too_large: 413,
  unsupported: 415,
  key_reused: 422,
  rate_limited: 429,
  storage_full: 507,
  unavailable: 503,
  internal: 500,
} as const;
export type RequestCode = keyof typeof requestStatus;

export interface FieldError {
  /** RFC 6901 pointer into the request body. */
  pointer: string;
  message: string;
}

interface Details {
  errors?: FieldError[];
  params?: Record<string, string | number>;
  /** Sent as headers beside the problem document. */
  headers?: Record<string, string>;
}

/** A request that is refused. It holds no sentence: `describeRequestError` makes it in the reader's language. */
export class ServiceError extends Error {
  readonly code: RequestCode;
  readonly reason: Reason;
  readonly params: Record<string, string | number>;
  readonly errors: FieldError[];
  readonly headers: Record<string, string>;

  constructor(code: RequestCode, reason: Reason, { errors = [], params = {}, headers = {} }: Details = {}) {
    super(`${code}: ${reason}`);
    this.name = 'ServiceError';
    this.code = code;
    this.reason = reason;
    this.params = params;
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return requestStatus[this.code];
  }
}

export const notFound = (
  what: 'flow' | 'run' | 'key' | 'endpoint' | 'wait' | 'credential' | 'step' | 'knowledge' | 'document' | 'file' | 'conversation',
): ServiceError => new ServiceError('not_found', `no_${what}`);
export const needsScope = (scope: KeyScope): ServiceError => new ServiceError('forbidden', 'scope_missing', { params: { scope } });

/** One sentence per reason; `{name}` stands for a parameter. */
export const reasonWords = {
  body_invalid: { en: 'The request has a part that is wrong; see errors.', 'zh-Hans': '请求中有错误的部分，详见 errors。' },
  body_not_json: { en: 'The body is not valid JSON.', 'zh-Hans': '请求体不是有效的 JSON。' },
  body_not_json_at: {
    en: 'The body is not valid JSON at line {line}, column {column}.',
    'zh-Hans': '请求体在第 {line} 行第 {column} 列处不是有效的 JSON。',
  },
  body_missing: { en: 'The request needs a JSON body.', 'zh-Hans': '请求需要 JSON 请求体。' },
  body_too_deep: { en: 'The body is nested deeper than {limit} levels.', 'zh-Hans': '请求体的嵌套超过 {limit} 层。' },
  body_too_many_keys: { en: 'The body has more than {limit} keys.', 'zh-Hans': '请求体的键超过 {limit} 个。' },
  body_too_large: { en: 'The body is larger than {limit} MiB.', 'zh-Hans': '请求体超过 {limit} MiB。' },
  request_unreadable: { en: 'This is no HTTP request that can be read.', 'zh-Hans': '无法读取此 HTTP 请求。' },
  headers_too_large: {
    en: 'The address and headers of the request are larger than 16 KiB.',
    'zh-Hans': '请求的地址和请求头超过 16 KiB。',
  },
  request_too_slow: { en: 'The request took too long to arrive.', 'zh-Hans': '请求到达过慢。' },
  not_json_type: {
    en: 'Send the body as application/json.',
    'zh-Hans': '请以 application/json 发送请求体。',
  },
  inputs_invalid: { en: 'An input of the flow is missing or wrong; see errors.', 'zh-Hans': '流程的某个输入缺失或有误，详见 errors。' },
  query_invalid: { en: 'The address has a parameter that is wrong: {name}.', 'zh-Hans': '地址中的参数有误：{name}。' },
  strange_key: {
    en: 'The body has a part that does not belong there: {key}. Put the inputs of the flow under “inputs”.',
    'zh-Hans': '请求体中有不应出现的部分：{key}。请把流程输入放在“inputs”下。',
  },
  flow_invalid: { en: 'This is not a flow document; see errors.', 'zh-Hans': '这不是流程文档，详见 errors。' },
  flow_has_problems: {
    en: 'The flow has problems that must be solved first; see errors.',
    'zh-Hans': '流程存在必须先解决的问题，详见 errors。',
  },
  slug_invalid: {
    en: 'An address may have lower-case letters, digits and hyphens, 1 to 64 of them.',
    'zh-Hans': '地址只能包含小写字母、数字和连字符，长度 1 到 64。',
  },
  slug_taken: {
    en: 'Another flow has the address “{slug}”. Choose a different one.',
    'zh-Hans': '地址“{slug}”已被另一个流程使用，请换一个。',
  },
  key_missing: {
    en: 'This address needs an API key: Authorization: Bearer pb_live_… Make one with: patchbay keys create --name NAME --scope run',
    'zh-Hans': '此地址需要 API 密钥：Authorization: Bearer pb_live_… 创建方法：patchbay keys create --name NAME --scope run',
  },
  key_wrong: { en: 'The API key is not valid, or it was revoked.', 'zh-Hans': 'API 密钥无效或已被撤销。' },
  owner_needed: {
    en: 'Open the start page in a browser first, or send an API key of scope manage. Make one with: patchbay keys create --name NAME --scope manage',
    'zh-Hans': '请先在浏览器中打开起始页，或发送范围为 manage 的 API 密钥。创建方法：patchbay keys create --name NAME --scope manage',
  },
  scope_missing: { en: 'This needs an API key of scope {scope}.', 'zh-Hans': '此操作需要范围为 {scope} 的 API 密钥。' },
  manage_is_whole: {
    en: 'A key of scope manage may do everything, so it cannot be made for some flows only.',
    'zh-Hans': '范围为 manage 的密钥可执行所有操作，不能只限于某些流程。',
  },
  flow_unknown: { en: 'There is no flow “{name}”.', 'zh-Hans': '没有地址为“{name}”的流程。' },
  flow_not_allowed: { en: 'This API key may not run the flow “{slug}”.', 'zh-Hans': '此 API 密钥无权运行流程“{slug}”。' },
  other_origin: { en: 'The request comes from another site and is refused.', 'zh-Hans': '请求来自其他站点，已被拒绝。' },
  other_host: { en: 'This server answers only under its own local address.', 'zh-Hans': '此服务器只在自己的本地地址上响应。' },
  no_flow: { en: 'There is no such flow.', 'zh-Hans': '没有这个流程。' },
  no_run: { en: 'There is no such run.', 'zh-Hans': '没有这次运行。' },
  no_key: { en: 'There is no such API key.', 'zh-Hans': '没有这个 API 密钥。' },
  no_file: { en: 'There is no such file, or it is no longer kept.', 'zh-Hans': '没有这个文件，或已不再保留。' },
  file_too_big: { en: 'The file is larger than {limit} MiB.', 'zh-Hans': '文件超过 {limit} MiB。' },
  file_empty: { en: 'The request brings no file.', 'zh-Hans': '请求中没有文件。' },
  files_full: {
    en: 'The files of this workspace take up {limit} MiB already. Older ones are removed when they are no longer used.',
    'zh-Hans': '此工作区的文件已占用 {limit} MiB。不再使用的旧文件会被自动删除。',
  },
  form_invalid: {
    en: 'This is no form that can be read: send multipart/form-data with one part per input.',
    'zh-Hans': '无法读取此表单：请以 multipart/form-data 发送，每个输入一个部分。',
  },
  form_too_many_parts: { en: 'The form has more than {limit} parts.', 'zh-Hans': '表单的部分超过 {limit} 个。' },
  files_too_many: {
    en: 'A request brings at most {limit} files. Send the others before, to /v1/files, and name them in the inputs.',
    'zh-Hans': '一次请求最多携带 {limit} 个文件。请先将其余文件发送到 /v1/files，再在输入中引用。',
  },
  not_bytes: {
    en: 'Send the file as application/octet-stream or multipart/form-data.',
    'zh-Hans': '请以 application/octet-stream 或 multipart/form-data 发送文件。',
  },
  no_credential: { en: 'There is no such connection.', 'zh-Hans': '没有这个连接。' },
  no_knowledge: { en: 'There is no such knowledge base.', 'zh-Hans': '没有这个知识库。' },
  no_document: { en: 'There is no such document.', 'zh-Hans': '没有这个文档。' },
  knowledge_full: { en: 'There are {limit} knowledge bases already.', 'zh-Hans': '知识库已达 {limit} 个上限。' },
  documents_full: { en: 'There are {limit} documents in it already.', 'zh-Hans': '其中的文档已达 {limit} 个上限。' },
  document_kind_unknown: {
    en: 'Nobody here can read “{name}”. Text, Markdown, HTML, CSV, PDF and Word documents can be added.',
    'zh-Hans': '无法读取“{name}”。可以添加文本、Markdown、HTML、CSV、PDF 和 Word 文档。',
  },
  document_text_or_file: { en: 'Give either a text or a file.', 'zh-Hans': '请提供文本或文件中的一项。' },
  document_not_retryable: { en: 'There is nothing to try again with this document.', 'zh-Hans': '此文档没有可重试的内容。' },
  embedding_refused: { en: 'The model gives no vectors: {message}', 'zh-Hans': '该模型无法生成向量：{message}' },
  credential_name_taken: {
    en: 'There is a connection named “{name}” already. Choose a different name.',
    'zh-Hans': '已有名为“{name}”的连接，请换一个名称。',
  },
  credential_changed: {
    en: 'The connection was changed meanwhile. Look at it again.',
    'zh-Hans': '连接已在此期间被修改，请重新查看。',
  },
  credential_refused: { en: 'The connection was not saved: {message}', 'zh-Hans': '连接未保存：{message}' },
  key_needed: { en: 'This provider needs a key.', 'zh-Hans': '此服务商需要密钥。' },
  key_unusable: {
    en: 'A key is one line of letters, digits and signs, without spaces.',
    'zh-Hans': '密钥应为一行字母、数字和符号，不含空格。',
  },
  value_unusable: {
    en: 'The value of a header is one line of letters, digits and signs.',
    'zh-Hans': '请求头的值应为一行字母、数字和符号。',
  },
  key_pair_incomplete: {
    en: 'An access key is an id and its secret; one of the two is missing.',
    'zh-Hans': '访问密钥由 ID 和私密密钥组成，缺少其中之一。',
  },
  key_elsewhere: {
    en: 'This key leads to another place than the connection. Make a new connection for it.',
    'zh-Hans': '此密钥指向的位置与该连接不同，请为它新建连接。',
  },
  account_invalid: {
    en: 'This JSON is no key file of a service account: it needs client_email and private_key.',
    'zh-Hans': '此 JSON 不是服务账号的密钥文件：需要包含 client_email 和 private_key。',
  },
  account_without_project: {
    en: 'The key file names no project: project_id is missing.',
    'zh-Hans': '密钥文件没有指明项目：缺少 project_id。',
  },
  region_needed: {
    en: 'This provider needs a region, such as eu-central-1.',
    'zh-Hans': '此服务商需要填写区域，例如 eu-central-1。',
  },
  region_invalid: {
    en: 'A region is written as the cloud’s own pages have it, such as eu-central-1 or europe-west4.',
    'zh-Hans': '请按云平台的写法填写区域，例如 eu-central-1 或 europe-west4。',
  },
  region_not_for_key: {
    en: 'A key of express mode works only in the location global. For another one, use the key file of a service account.',
    'zh-Hans': '快速模式的密钥只能用于位置 global。如需其他位置，请使用服务账号的密钥文件。',
  },
  region_not_here: {
    en: 'This provider has no regions.',
    'zh-Hans': '此服务商没有区域之分。',
  },
  deployment_needed: {
    en: 'This provider needs the name of a deployment.',
    'zh-Hans': '此服务商需要填写部署名称。',
  },
  provider_unknown: { en: 'There is no provider “{provider}”.', 'zh-Hans': '没有名为“{provider}”的服务商。' },
  base_url_needed: { en: 'This provider needs the address of its server.', 'zh-Hans': '此服务商需要填写服务器地址。' },
  base_url_invalid: {
    en: 'An address begins with http:// or https:// and has no user name, such as https://api.example.com/v1.',
    'zh-Hans': '地址应以 http:// 或 https:// 开头且不含用户名，例如 https://api.example.com/v1。',
  },
  not_a_provider: { en: 'Only a connection to a model provider can be tested.', 'zh-Hans': '只有模型服务商的连接可以测试。' },
  secrets_locked: {
    en: 'Stored keys cannot be opened: their master key is missing. Put the key file or PATCHBAY_SECRET_KEY back, or delete the connections.',
    'zh-Hans': '无法解开已保存的密钥：主密钥缺失。请恢复密钥文件或 PATCHBAY_SECRET_KEY，或删除这些连接。',
  },
  model_unknown: { en: 'No connection has the model “{model}”.', 'zh-Hans': '没有连接提供模型“{model}”。' },
  no_endpoint: { en: 'No published flow has this address.', 'zh-Hans': '没有使用此地址的已发布流程。' },
  no_route: { en: 'There is nothing at this address.', 'zh-Hans': '此地址没有内容。' },
  method: { en: 'This address answers only {allow}.', 'zh-Hans': '此地址只接受 {allow}。' },
  etag_missing: {
    en: 'Send If-Match with the etag of the draft you changed.',
    'zh-Hans': '请用 If-Match 发送你所修改草稿的 etag。',
  },
  draft_changed: {
    en: 'The draft was changed meanwhile ({at}). Read it again and repeat your change.',
    'zh-Hans': '草稿已在此期间被修改（{at}）。请重新读取后再次修改。',
  },
  run_in_progress: {
    en: 'The run this Idempotency-Key started has not ended yet. Ask again in a moment.',
    'zh-Hans': '此 Idempotency-Key 启动的运行尚未结束，请稍后再试。',
  },
  key_reused: {
    en: 'This Idempotency-Key was used for another request. Send a new key with a new request.',
    'zh-Hans': '此 Idempotency-Key 已用于另一个请求。新请求请使用新的键。',
  },
  start_key_invalid: {
    en: 'Idempotency-Key has 1 to {limit} characters.',
    'zh-Hans': 'Idempotency-Key 的长度应为 1 到 {limit} 个字符。',
  },
  no_conversation: { en: 'This flow has no such conversation, or it has been forgotten.', 'zh-Hans': '此流程没有这个对话，或已被清除。' },
  no_wait: { en: 'This run does not wait for such an answer.', 'zh-Hans': '此运行没有在等待这样的答复。' },
  wait_answered: { en: 'Somebody has given another answer before.', 'zh-Hans': '已有人给出了另一个答复。' },
  wait_late: {
    en: 'The answer comes too late: the run has gone on without it.',
    'zh-Hans': '答复来得太晚，运行已在没有答复的情况下继续。',
  },
  run_not_interrupted: {
    en: 'Only an interrupted run can go on; this one is {status}.',
    'zh-Hans': '只有被中断的运行才能继续；此运行的状态是 {status}。',
  },
  event_id_invalid: {
    en: 'Last-Event-ID is the id of an event, a whole number.',
    'zh-Hans': 'Last-Event-ID 应为某个事件的编号（整数）。',
  },
  no_step: { en: 'The draft has no such step.', 'zh-Hans': '草稿中没有这个步骤。' },
  run_not_ended: {
    en: 'The run has not ended yet, so it cannot be replayed.',
    'zh-Hans': '运行尚未结束，无法重放。',
  },
  run_not_kept: {
    en: 'The flow as it was then is no longer kept, so this run cannot be replayed.',
    'zh-Hans': '当时的流程已不再保留，无法重放此运行。',
  },
  run_masked: {
    en: 'The record of this run hides personal data, so its values cannot be used with a changed flow. Replay it as it was, or run the flow anew.',
    'zh-Hans': '此运行的记录隐藏了个人信息，其中的值不能用于已更改的流程。请按原样重放，或重新运行流程。',
  },
  run_ended: { en: 'The run has already ended.', 'zh-Hans': '运行已经结束。' },
  version_unusable: {
    en: 'This version can no longer run here: {detail} Publish the flow again.',
    'zh-Hans': '此版本已无法在此运行：{detail}请重新发布流程。',
  },
  too_many_runs: {
    en: 'Too many runs wait for their turn; {limit} run at once. Try again in a moment.',
    'zh-Hans': '等待中的运行过多；同时最多运行 {limit} 个，请稍后再试。',
  },
  too_many_a_minute: {
    en: 'This API key may start {limit} runs a minute. Try again in {seconds} seconds.',
    'zh-Hans': '此 API 密钥每分钟最多启动 {limit} 次运行，请在 {seconds} 秒后重试。',
  },
  disk_full: { en: 'The disk is full; nothing was stored.', 'zh-Hans': '磁盘已满，未保存任何内容。' },
  store_busy: {
    en: 'The database is in use by another program. Try again in a moment.',
    'zh-Hans': '数据库正被其他程序占用，请稍后再试。',
  },
  stopping: { en: 'The server is stopping. Try again in a moment.', 'zh-Hans': '服务器正在停止，请稍后再试。' },
  unexpected: {
    en: 'Something went wrong here. The log has the details under this request’s id.',
    'zh-Hans': '服务器出现问题，详情见日志中的请求编号。',
  },
} as const satisfies Record<string, Words>;
export type Reason = keyof typeof reasonWords;
