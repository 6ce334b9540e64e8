import type { Words } from '@patchbay/flow';

/** Sentences of agents and their tools, and of talks that are remembered. A model reads those of a call, in English. */
export const agentWords: Readonly<Record<string, { message: Words; fix?: Words }>> = {
  agent_no_answer: {
    message: { en: 'The agent came to no answer in {limit} turns.', 'zh-Hans': '智能体在 {limit} 轮内没有给出回答。' },
    fix: { en: 'Allow more turns, or give it a smaller goal.', 'zh-Hans': '请增加轮数，或缩小目标。' },
  },
  tool_unknown: { message: { en: 'There is no tool “{tool}”.', 'zh-Hans': '没有名为“{tool}”的工具。' } },
  tool_arguments: {
    message: { en: 'The arguments do not fit the tool “{tool}”: {detail}', 'zh-Hans': '参数不符合工具“{tool}”的要求：{detail}' },
  },
  tool_status: {
    message: { en: '{host} answered with status {status}: {answer}', 'zh-Hans': '{host} 返回了状态码 {status}：{answer}' },
  },
  tool_refused: { message: { en: 'A person did not allow the call of “{tool}”.', 'zh-Hans': '人员没有允许调用“{tool}”。' } },
  tool_refused_why: {
    message: { en: 'A person did not allow the call of “{tool}”: {why}', 'zh-Hans': '人员没有允许调用“{tool}”：{why}' },
  },
  tool_unanswered: {
    message: { en: 'Nobody allowed the call of “{tool}” in time.', 'zh-Hans': '没有人及时允许调用“{tool}”。' },
  },
  tool_failed: { message: { en: 'The tool says: {message}', 'zh-Hans': '工具返回：{message}' } },
  mcp_not_here: { message: { en: 'No server of tools can be reached here.', 'zh-Hans': '此处无法访问工具服务器。' } },
  mcp_timeout: {
    message: { en: 'The tools of {host} took too long.', 'zh-Hans': '{host} 的工具耗时过长。' },
    fix: { en: 'Try again, or give them more time.', 'zh-Hans': '请再试一次，或延长时限。' },
  },
  mcp_refused: {
    message: { en: '{host} did not let us use its tools (status {status}).', 'zh-Hans': '{host} 拒绝了工具访问（状态码 {status}）。' },
    fix: { en: 'Check the header with its key.', 'zh-Hans': '请检查带有密钥的请求头。' },
  },
  mcp_status: {
    message: { en: '{host} answered with status {status} instead of tools.', 'zh-Hans': '{host} 没有返回工具，状态码为 {status}。' },
    fix: { en: 'Check that the address is that of an MCP server.', 'zh-Hans': '请确认该地址是 MCP 服务器。' },
  },
  mcp_error: {
    message: { en: 'The server of tools {host} cannot do this: {message}', 'zh-Hans': '工具服务器 {host} 无法完成：{message}' },
  },
  conversation_name: {
    message: { en: 'No conversation can be called “{name}”.', 'zh-Hans': '对话不能命名为“{name}”。' },
    fix: {
      en: 'Use up to 128 letters, digits and the signs _ . : -, or leave it empty for a new one.',
      'zh-Hans': '请使用不超过 128 个字母、数字或 _ . : - 符号，或留空以开始新对话。',
    },
  },
  conversation_busy: {
    message: {
      en: 'More than {limit} messages of this conversation wait for their answer.',
      'zh-Hans': '此对话已有超过 {limit} 条消息在等待回答。',
    },
    fix: { en: 'Send the next message when the last one is answered.', 'zh-Hans': '请在上一条消息得到回答后再发送。' },
  },
  sum_bad: {
    message: { en: 'This is not a sum to work out: {text}', 'zh-Hans': '无法计算此算式：{text}' },
    fix: { en: 'Write figures and signs only, such as (17.5 * 12) / 4.', 'zh-Hans': '请只使用数字和符号，例如 (17.5 * 12) / 4。' },
  },
};
