import type { Words } from '@patchbay/flow';
import type { ErrorClass } from '@patchbay/models';
import { agentWords } from './agent-words.ts';
import { authorCodeWords } from './author-code-words.ts';
import { durableWords } from './durable-words.ts';
import { fileWords } from './file-words.ts';
import { innerWords } from './inner-words.ts';
import { knowledgeWords } from './knowledge-words.ts';
import { limitWords } from './limit-words.ts';
import { modelWords } from './model-words.ts';
import { outboundWords } from './outbound-words.ts';

/** The sentence of a failure, and what to do about it where there is something. */
export interface FailureWords {
  message: Words;
  fix?: Words;
}

/** Every class has its sentence; a new class without one is a type error. */
export const classWords: Record<ErrorClass, FailureWords> = {
  auth: {
    message: { en: 'The provider did not accept our right to use it.', 'zh-Hans': '服务商未接受我们的访问权限。' },
    fix: { en: 'Check the connection and its key.', 'zh-Hans': '请检查连接及其密钥。' },
  },
  rate_limited: {
    message: { en: 'The provider takes no more requests for now.', 'zh-Hans': '服务商暂时不接受更多请求。' },
    fix: { en: 'Wait a little, or let this step retry.', 'zh-Hans': '请稍候，或让此步骤自动重试。' },
  },
  timeout: {
    message: { en: 'This took too long and was stopped.', 'zh-Hans': '耗时过长，已停止。' },
    fix: { en: 'Try again, or let this step retry.', 'zh-Hans': '请再试一次，或让此步骤自动重试。' },
  },
  invalid_input: { message: { en: 'A value given to this step does not fit.', 'zh-Hans': '传给此步骤的值不合适。' } },
  content_filtered: {
    message: { en: 'The provider’s content filter stopped the answer.', 'zh-Hans': '服务商的内容过滤拦截了回答。' },
    fix: { en: 'Change the wording of the prompt.', 'zh-Hans': '请修改提示词的措辞。' },
  },
  context_too_long: {
    message: { en: 'The text is longer than the model can read.', 'zh-Hans': '文本超出模型可读的长度。' },
    fix: {
      en: 'Shorten or summarise the text, or choose a model with a larger context.',
      'zh-Hans': '请缩短或先总结文本，或选择上下文更长的模型。',
    },
  },
  provider_unavailable: {
    message: { en: 'The provider cannot be reached or is out of order.', 'zh-Hans': '服务商无法访问或出现故障。' },
    fix: { en: 'Try again later, or choose a fallback model for this step.', 'zh-Hans': '请稍后再试，或为此步骤设置备用模型。' },
  },
  bad_output: { message: { en: 'The answer is not in the form that was asked for.', 'zh-Hans': '回答不符合要求的格式。' } },
  budget_exceeded: {
    message: { en: 'The budget is used up.', 'zh-Hans': '预算已用完。' },
    fix: { en: 'Raise the budget, or wait until it begins anew.', 'zh-Hans': '请提高预算，或等待预算重置。' },
  },
  cancelled: { message: { en: 'The run was stopped.', 'zh-Hans': '运行已停止。' } },
  internal: {
    message: { en: 'Something went wrong inside Patchbay.', 'zh-Hans': 'Patchbay 内部出错。' },
    fix: { en: 'Try again. If it comes back, the log holds the details.', 'zh-Hans': '请再试一次。若仍出现，详情见日志。' },
  },
};

const modelNotFound: FailureWords = {
  message: { en: 'There is no model “{model}” at {provider}.', 'zh-Hans': '{provider} 没有模型“{model}”。' },
  fix: { en: 'Choose another model.', 'zh-Hans': '请选择其他模型。' },
};
const askAgain: Words = { en: 'Try again, or choose another model.', 'zh-Hans': '请再试一次，或选择其他模型。' };

/** Sentences of the finer reasons. A reason without one reads as its class. */
export const reasonWords: Readonly<Record<string, FailureWords>> = {
  ...outboundWords,
  ...agentWords,
  ...authorCodeWords,
  ...innerWords,
  ...knowledgeWords,
  ...limitWords,
  ...modelWords,
  ...durableWords,
  ...fileWords,
  key_rejected: {
    message: { en: '{provider} does not accept the key.', 'zh-Hans': '{provider} 不接受此密钥。' },
    fix: { en: 'Check the key of this connection.', 'zh-Hans': '请检查此连接的密钥。' },
  },
  no_credit: {
    message: { en: 'The account at {provider} has no credit left.', 'zh-Hans': '{provider} 账户余额不足。' },
    fix: { en: 'Add credit at the provider, or choose another model.', 'zh-Hans': '请在服务商处充值，或选择其他模型。' },
  },
  model_not_found: modelNotFound,
  endpoint_not_found: {
    message: { en: 'There is no model service at the address of {provider}.', 'zh-Hans': '{provider} 的地址上没有模型服务。' },
    fix: { en: 'Check the base URL; it usually ends in /v1.', 'zh-Hans': '请检查基础 URL，通常以 /v1 结尾。' },
  },
  provider_refused: { message: { en: '{provider} refused the request: {message}', 'zh-Hans': '{provider} 拒绝了请求：{message}' } },
  provider_error: {
    message: { en: '{provider} answered with an error.', 'zh-Hans': '{provider} 返回了错误。' },
    fix: { en: 'Try again later, or choose another model.', 'zh-Hans': '请稍后再试，或选择其他模型。' },
  },
  provider_rate_limit: {
    message: { en: '{provider} takes no more requests for now.', 'zh-Hans': '{provider} 暂时不接受更多请求。' },
    fix: { en: 'Wait a little, or let this step retry.', 'zh-Hans': '请稍候，或让此步骤自动重试。' },
  },
  provider_timeout: { message: { en: '{provider} did not answer in time.', 'zh-Hans': '{provider} 未及时响应。' }, fix: askAgain },
  stream_cut: {
    message: { en: 'The answer of {provider} broke off in the middle.', 'zh-Hans': '{provider} 的回答中途中断。' },
    fix: askAgain,
  },
  malformed_answer: {
    message: { en: 'The answer of {provider} could not be read.', 'zh-Hans': '无法读取 {provider} 的回答。' },
    fix: askAgain,
  },
  empty_answer: { message: { en: '{provider} answered with nothing.', 'zh-Hans': '{provider} 的回答为空。' }, fix: askAgain },
  model_refused: {
    message: { en: 'The model refused to answer: {message}', 'zh-Hans': '模型拒绝回答：{message}' },
    fix: { en: 'Change the wording of the prompt.', 'zh-Hans': '请修改提示词的措辞。' },
  },
  request_too_large: {
    message: { en: 'The request is larger than {provider} takes.', 'zh-Hans': '请求超过 {provider} 的大小限制。' },
    fix: { en: 'Shorten the text.', 'zh-Hans': '请缩短文本。' },
  },
  answer_not_json: {
    message: { en: 'The model did not answer with JSON but with: {start}', 'zh-Hans': '模型未以 JSON 回答，而是：{start}' },
    fix: { en: 'Try again, or choose a model that can answer as data.', 'zh-Hans': '请再试一次，或选择支持结构化输出的模型。' },
  },
  answer_not_data: {
    message: { en: 'The model did not answer with an object but with: {start}', 'zh-Hans': '模型未以对象回答，而是：{start}' },
    fix: askAgain,
  },
  answer_cut: {
    message: { en: 'The answer was cut off because it grew too long.', 'zh-Hans': '回答过长而被截断。' },
    fix: { en: 'Raise the longest answer, or ask for less.', 'zh-Hans': '请调高最长回答，或减少要求的内容。' },
  },
  answer_filtered: {
    message: { en: 'The content filter held the answer back.', 'zh-Hans': '内容过滤拦截了回答。' },
    fix: { en: 'Change the wording of the prompt.', 'zh-Hans': '请修改提示词的措辞。' },
  },
  answer_does_not_fit: {
    message: {
      en: 'The answer does not fit the schema at “{path}”: {expected} was asked for.',
      'zh-Hans': '回答在“{path}”处不符合结构：应为 {expected}。',
    },
    fix: askAgain,
  },
  parts_lost: {
    message: { en: 'The translation lost what must stay: {parts}', 'zh-Hans': '译文丢失了必须保留的内容：{parts}' },
    fix: askAgain,
  },
  parts_added: {
    message: {
      en: 'The translation repeats or adds what must stay as it is: {parts}',
      'zh-Hans': '译文重复或多出了须保持原样的内容：{parts}',
    },
    fix: askAgain,
  },
  tags_crossed: {
    message: { en: 'In the translation a tag stands in the wrong place: {parts}', 'zh-Hans': '译文中的标签位置有误：{parts}' },
    fix: askAgain,
  },
  terms_missing: {
    message: { en: 'The translation does not use the words of the glossary: {parts}', 'zh-Hans': '译文未采用术语表中的译法：{parts}' },
    fix: { en: 'Try again, or change the glossary.', 'zh-Hans': '请再试一次，或修改术语表。' },
  },
  not_one_block: {
    message: {
      en: 'The answer has {count} blocks of code instead of one whole one.',
      'zh-Hans': '回答中有 {count} 个代码块，应为一个完整的代码块。',
    },
    fix: askAgain,
  },
  too_many_parts: {
    message: {
      en: 'The text has more than {limit} parts of {length} characters.',
      'zh-Hans': '文本超过 {limit} 段（每段 {length} 个字符）。',
    },
    fix: { en: 'Give a shorter text, or read it in larger parts.', 'zh-Hans': '请缩短文本，或增大每段长度。' },
  },
  field_missing: {
    message: { en: 'The text does not say “{field}”, which must be there.', 'zh-Hans': '文本中没有必须存在的“{field}”。' },
    fix: { en: 'Make the field optional, or give a text that says it.', 'zh-Hans': '请将该字段设为可选，或提供包含它的文本。' },
  },
  field_wrong_type: {
    message: { en: 'The model gave no {expected} for “{field}”.', 'zh-Hans': '模型给出的“{field}”不是 {expected}。' },
    fix: askAgain,
  },
  bad_history: {
    message: {
      en: 'Earlier message {index} is not of the form { "role": "user" or "assistant", "content": text }.',
      'zh-Hans': '第 {index} 条历史消息的格式不正确，应为 { "role": "user" 或 "assistant", "content": 文本 }。',
    },
  },
  place_missing: {
    message: { en: 'The data holds nothing at “{path}”.', 'zh-Hans': '数据中没有“{path}”。' },
    fix: { en: 'Correct the place, or go on with nothing.', 'zh-Hans': '请更正位置，或以空值继续。' },
  },
  url_missing: {
    message: { en: 'There is no address to call.', 'zh-Hans': '没有填写要调用的地址。' },
    fix: { en: 'Write an address into this step.', 'zh-Hans': '请在此步骤中填写地址。' },
  },
  url_refused: {
    message: { en: 'This is not an address to call: {url}', 'zh-Hans': '此地址无法调用：{url}' },
    fix: { en: 'Begin with http:// or https:// and the host.', 'zh-Hans': '请以 http:// 或 https:// 和主机名开头。' },
  },
  url_dots: {
    message: { en: 'A value would leave its part of the address: {url}', 'zh-Hans': '变量的值会改变地址的路径：{url}' },
    fix: { en: 'A part of an address cannot be “.” or “..”.', 'zh-Hans': '地址中的一段不能是“.”或“..”。' },
  },
  header_name: {
    message: { en: 'There can be no header of the name “{name}”.', 'zh-Hans': '不能使用名为“{name}”的请求头。' },
  },
  http_status: {
    message: { en: '{host} answered with status {status}.', 'zh-Hans': '{host} 返回了状态码 {status}。' },
    fix: {
      en: 'Look at the address and the headers, or let the step go on with any status.',
      'zh-Hans': '请检查地址和请求头，或允许此步骤在任何状态码下继续。',
    },
  },
  unknown_label: {
    message: { en: 'The model named no label of yours: {label}', 'zh-Hans': '模型给出的不是您的标签：{label}' },
    fix: askAgain,
  },
  not_json: {
    message: { en: 'This text is not JSON: {start}', 'zh-Hans': '此文本不是 JSON：{start}' },
    fix: { en: 'Wire data here, or a text that is JSON.', 'zh-Hans': '请接入数据，或内容为 JSON 的文本。' },
  },
  not_a_number: { message: { en: 'This is not a number: {text}', 'zh-Hans': '这不是数字：{text}' } },
  not_a_record: {
    message: { en: 'The input “{port}” needs data with fields.', 'zh-Hans': '输入“{port}”需要带字段的数据。' },
  },
  no_json_inside: {
    message: { en: 'There is no JSON in this text: {start}', 'zh-Hans': '文本中没有 JSON：{start}' },
    fix: { en: 'Ask the model to answer with JSON only.', 'zh-Hans': '请要求模型只以 JSON 回答。' },
  },
  schema_bad: { message: { en: 'The schema cannot be read at: {place}', 'zh-Hans': '结构定义在此处无法读取：{place}' } },
  schema_unsupported: {
    message: { en: 'The schema asks for “{keyword}”, which is not understood here.', 'zh-Hans': '结构定义使用了不支持的“{keyword}”。' },
  },
  schema_too_much: {
    message: { en: 'The schema takes too much work on this value.', 'zh-Hans': '结构定义过于复杂，无法检查此值。' },
    fix: { en: 'Look for references that lead back to themselves.', 'zh-Hans': '请检查是否有指回自身的引用。' },
  },
  divided_by_zero: {
    message: { en: 'A number cannot be divided by zero.', 'zh-Hans': '不能除以零。' },
    fix: { en: 'Check the second number, or give this step a fallback value.', 'zh-Hans': '请检查第二个数字，或为此步骤设置备用值。' },
  },
  no_result: { message: { en: '{left} {sign} {right} is not a number.', 'zh-Hans': '{left} {sign} {right} 的结果不是数字。' } },
  number_too_large: { message: { en: 'The result is too large for a number.', 'zh-Hans': '结果超出数字的范围。' } },
  bad_currency: {
    message: { en: '“{currency}” is not the code of a currency.', 'zh-Hans': '“{currency}”不是货币代码。' },
    fix: { en: 'Write three letters, such as EUR or USD.', 'zh-Hans': '请填写三个字母，例如 CNY 或 USD。' },
  },
  not_a_date: {
    message: { en: 'This is not a date: {text}', 'zh-Hans': '这不是日期：{text}' },
    fix: {
      en: 'Write it as 2026-03-31 or 2026-03-31T09:30:00Z, or say in which form it comes.',
      'zh-Hans': '请写成 2026-03-31 或 2026-03-31T09:30:00Z，或说明它的格式。',
    },
  },
  date_out_of_range: { message: { en: 'Dates go from the year 1 to the year 9999.', 'zh-Hans': '日期范围为公元 1 年至 9999 年。' } },
  bad_zone: {
    message: { en: '“{zone}” is not the name of a time zone.', 'zh-Hans': '“{zone}”不是时区名称。' },
    fix: { en: 'Write it as Europe/Zurich, Asia/Shanghai or UTC.', 'zh-Hans': '请写成 Asia/Shanghai、Europe/Zurich 或 UTC。' },
  },
  csv_open_quote: {
    message: { en: 'A quote that opens in row {row} is never closed.', 'zh-Hans': '第 {row} 行的引号没有闭合。' },
    fix: { en: 'A quote inside a value is written twice.', 'zh-Hans': '值中的引号需写两遍。' },
  },
  csv_after_quote: {
    message: {
      en: 'In row {row} there is text after a closing quote: {text}',
      'zh-Hans': '第 {row} 行的结束引号之后还有文本：{text}',
    },
    fix: { en: 'A quote inside a value is written twice.', 'zh-Hans': '值中的引号需写两遍。' },
  },
  csv_too_many: { message: { en: 'The table has more than {limit} cells.', 'zh-Hans': '表格超过 {limit} 个单元格。' } },
  not_a_list: { message: { en: 'The input “{port}” needs a list.', 'zh-Hans': '输入“{port}”需要列表。' } },
  value_missing: {
    message: { en: 'The input “{port}” is required but came without a value.', 'zh-Hans': '输入“{port}”为必需，但没有收到值。' },
    fix: { en: 'Give the value a default, or make the input optional.', 'zh-Hans': '请为其设置默认值，或改为可选。' },
  },
  path_missing: {
    message: { en: '“{port}” holds nothing under “{path}”.', 'zh-Hans': '“{port}”中没有“{path}”。' },
    fix: { en: 'Mark the chip as optional with ?, or correct the path.', 'zh-Hans': '请用 ? 将其标为可选，或更正路径。' },
  },
  path_missing_like: {
    message: { en: '“{port}” holds nothing under “{path}”.', 'zh-Hans': '“{port}”中没有“{path}”。' },
    fix: { en: 'Did you mean “{nearest}”?', 'zh-Hans': '是否指“{nearest}”？' },
  },
  text_too_long: { message: { en: 'The text grew longer than {limit} characters.', 'zh-Hans': '文本超过 {limit} 个字符。' } },
  header_line_break: { message: { en: 'A value for a header holds a line break.', 'zh-Hans': '请求头的值中含有换行。' } },
  source_failed: { message: { en: 'The step it reads from failed.', 'zh-Hans': '其来源步骤失败了。' } },
  bad_return: { message: { en: 'The step answered with something that is not a set of values.', 'zh-Hans': '步骤返回的不是一组值。' } },
  caller_left: { message: { en: 'The caller left, so the run was stopped.', 'zh-Hans': '调用方已离开，运行已停止。' } },
  asked: { message: { en: 'The run was stopped because someone asked for it.', 'zh-Hans': '运行已按要求停止。' } },
  stopping: { message: { en: 'Patchbay was shut down while this was running.', 'zh-Hans': '运行期间 Patchbay 被关闭。' } },
  inputs_invalid: { message: { en: 'The inputs do not fit this flow.', 'zh-Hans': '输入与此流程不符。' } },
};
