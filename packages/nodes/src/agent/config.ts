import { type ConfigFault, expressionFault, field, liquidFault } from '@patchbay/node-kit';
import * as z from 'zod';
import { hasLiteralHost } from '../http/address.ts';
import { headersField } from '../http/header-field.ts';
import { maxTokensField, modelField, roleField, temperatureField } from '../model-call/fields.ts';
import { refuseTakenIds } from '../named.ts';
import { argumentsField } from './arguments.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** One tool in the settings. What is shown depends on what it does. */
const tool = z.strictObject({
  id: field.id({
    title: { en: 'Name', 'zh-Hans': '名称' },
    help: { en: 'What the model and the list of calls know the tool by.', 'zh-Hans': '模型和调用记录用它来识别该工具。' },
  }),
  kind: field.choice(
    {
      title: { en: 'What it does', 'zh-Hans': '作用' },
      options: [
        { value: 'calculator', title: { en: 'works out a sum', 'zh-Hans': '计算算式' } },
        { value: 'clock', title: { en: 'tells the time', 'zh-Hans': '告知时间' } },
        { value: 'http', title: { en: 'calls an address', 'zh-Hans': '调用网络地址' } },
        { value: 'mcp', title: { en: 'offers the tools of an MCP server', 'zh-Hans': '提供 MCP 服务器的工具' } },
        { value: 'knowledge', title: { en: 'searches our documents', 'zh-Hans': '检索知识库' } },
        { value: 'flow', title: { en: 'runs another flow', 'zh-Hans': '运行其他流程' } },
        { value: 'expression', title: { en: 'works out an expression', 'zh-Hans': '计算表达式' } },
        { value: 'template', title: { en: 'fills in a template', 'zh-Hans': '填写模板' } },
      ],
    },
    'calculator',
  ),
  description: field.plain({
    title: { en: 'When to use it', 'zh-Hans': '何时使用' },
    help: { en: 'The model decides by this. Empty: the tool says it itself.', 'zh-Hans': '模型据此判断。留空则使用工具自带的说明。' },
    placeholder: { en: 'Looks up the state of an order by its number.', 'zh-Hans': '按订单号查询订单状态。' },
    showIf: { field: 'kind', in: ['calculator', 'clock', 'http', 'knowledge', 'flow', 'expression', 'template'] },
  }),
  flow: field.plain({
    title: { en: 'Flow', 'zh-Hans': '流程' },
    help: {
      en: 'The address under which it is published. Its inputs are what the model fills in.',
      'zh-Hans': '其发布地址。它的输入由模型填写。',
    },
    placeholder: { en: 'order-state', 'zh-Hans': 'order-state' },
    showIf: { field: 'kind', in: ['flow'] },
  }),
  version: field.choice(
    {
      title: { en: 'Version', 'zh-Hans': '版本' },
      options: [
        { value: 'newest', title: { en: 'the newest', 'zh-Hans': '最新版本' } },
        { value: 'number', title: { en: 'this one:', 'zh-Hans': '指定版本：' } },
        { value: 'draft', title: { en: 'the draft, in test runs', 'zh-Hans': '草稿（仅测试运行）' } },
      ],
      showIf: { field: 'kind', in: ['flow'] },
    },
    'newest',
  ),
  number: field.number({ title: { en: 'Number', 'zh-Hans': '版本号' }, min: 1, showIf: { field: 'version', in: ['number'] } }, 1),
  method: field.choice(
    {
      title: { en: 'Method', 'zh-Hans': '方法' },
      options: methods.map((value) => ({ value, title: { en: value, 'zh-Hans': value } })),
      showIf: { field: 'kind', in: ['http'] },
    },
    'GET',
  ),
  url: field.plain({
    title: { en: 'Address', 'zh-Hans': '地址' },
    help: {
      en: 'The host is fixed. A name in braces, such as {order}, is filled in by the model; the other values go into the query or the body.',
      'zh-Hans': '主机名固定不变。花括号中的名称（如 {order}）由模型填写；其余变量放入查询参数或请求体。',
    },
    placeholder: { en: 'https://api.example.com/orders/{order}', 'zh-Hans': 'https://api.example.com/orders/{order}' },
    showIf: { field: 'kind', in: ['http'] },
  }),
  server: field.plain({
    title: { en: 'Address of the MCP server', 'zh-Hans': 'MCP 服务器地址' },
    help: {
      en: 'Over streamable HTTP. The model may call all its tools, unless you name some.',
      'zh-Hans': '使用 streamable HTTP。除非指定，模型可调用其全部工具。',
    },
    placeholder: { en: 'https://tools.example.com/mcp', 'zh-Hans': 'https://tools.example.com/mcp' },
    showIf: { field: 'kind', in: ['mcp'] },
  }),
  only: field.list(
    {
      title: { en: 'Only these of its tools', 'zh-Hans': '仅限以下工具' },
      add: { en: 'Add a tool', 'zh-Hans': '添加工具' },
      showIf: { field: 'kind', in: ['mcp'] },
    },
    z
      .string()
      .max(200)
      .meta({ ui: { title: { en: 'Tool', 'zh-Hans': '工具' }, widget: 'text' } }),
    [],
  ),
  base: field.knowledge({
    title: { en: 'Knowledge base', 'zh-Hans': '知识库' },
    showIf: { field: 'kind', in: ['knowledge'] },
  }),
  expression: field.code({
    title: { en: 'Expression', 'zh-Hans': '表达式' },
    placeholder: { en: 'price * count', 'zh-Hans': 'price * count' },
    showIf: { field: 'kind', in: ['expression'] },
  }),
  template: field.code({
    title: { en: 'Template', 'zh-Hans': '模板' },
    placeholder: { en: 'Dear {{ name }},', 'zh-Hans': '{{ name }}，您好：' },
    showIf: { field: 'kind', in: ['template'] },
  }),
  arguments: argumentsField(['http', 'expression', 'template']),
  headers: headersField({ showIf: { field: 'kind', in: ['http', 'mcp'] } }),
  seconds: field.number(
    {
      title: { en: 'Longest wait, in seconds', 'zh-Hans': '最长等待（秒）' },
      min: 1,
      max: 60,
      advanced: true,
      showIf: { field: 'kind', in: ['http', 'mcp'] },
    },
    30,
  ),
  ask: field.choice(
    {
      title: { en: 'Ask a person first', 'zh-Hans': '先征求人员同意' },
      help: {
        en: 'The run is put aside until somebody has said yes or no to the call.',
        'zh-Hans': '运行会暂停，直到有人同意或拒绝此次调用。',
      },
      options: [
        { value: 'never', title: { en: 'never', 'zh-Hans': '从不' } },
        { value: 'always', title: { en: 'before every call', 'zh-Hans': '每次调用前' } },
      ],
    },
    'never',
  ),
});
export type ToolConfig = z.output<typeof tool>;

export const agentConfig = z
  .strictObject({
    model: modelField,
    instructions: roleField(
      { en: 'Sent apart from the goal, as the system part.', 'zh-Hans': '作为系统消息，与目标分开发送。' },
      { en: 'You look things up before you answer.', 'zh-Hans': '回答之前先查询。' },
    ),
    tools: field.list({ title: { en: 'Tools', 'zh-Hans': '工具' }, add: { en: 'Add a tool', 'zh-Hans': '添加工具' } }, tool, []),
    turns: field.number(
      {
        title: { en: 'Most turns', 'zh-Hans': '最多轮数' },
        help: {
          en: 'In each turn the model is asked once. In the last one it has to answer without tools.',
          'zh-Hans': '每轮调用一次模型。最后一轮不能再使用工具，必须回答。',
        },
        min: 1,
        max: 50,
      },
      8,
    ),
    aloud: field.toggle(
      {
        title: { en: 'Pass on what it says between its calls', 'zh-Hans': '输出调用工具之间的话' },
        help: { en: 'Off: the text is its final answer alone.', 'zh-Hans': '关闭时，文本只包含最终回答。' },
        advanced: true,
      },
      false,
    ),
    temperature: temperatureField,
    maxTokens: maxTokensField({ en: 'Longest answer of a turn, in tokens', 'zh-Hans': '每轮最长回答（token）' }),
    hours: field.number(
      {
        title: { en: 'Longest wait for a person, in hours', 'zh-Hans': '等待人员的最长时间（小时）' },
        help: { en: '0 waits for ever. Without an answer the call is not made.', 'zh-Hans': '0 表示一直等待。没有答复则不会调用。' },
        min: 0,
        max: 8_760,
        advanced: true,
      },
      72,
    ),
  })
  .superRefine(({ tools }, issues) => {
    refuseTakenIds('tools', tools, [], issues);
    for (const [index, { kind, url, server }] of tools.entries()) {
      const field = kind === 'http' ? 'url' : 'server';
      if ((kind === 'http' || kind === 'mcp') && !hasLiteralHost(kind === 'http' ? url : server))
        issues.addIssue({
          code: 'custom',
          message: 'The host must be written out',
          path: ['tools', index, field],
          params: { code: 'bad_address' },
        });
    }
  });
export type AgentConfig = z.output<typeof agentConfig>;

/** What tools that parse still lack. */
export const toolFaults = ({ tools }: AgentConfig): ConfigFault[] =>
  tools.flatMap((item, index): ConfigFault[] => {
    const field = needed[item.kind];
    if (field === undefined) return [];
    const path = ['tools', index, field];
    if (item[field].trim() === '') return [{ code: 'text_missing', path }];
    if (field === 'expression') {
      const fault = expressionFault(
        item.expression,
        item.arguments.map(({ id }) => id),
      );
      return fault === undefined ? [] : [{ code: 'expression_bad', path, params: { ...fault } }];
    }
    const fault = field === 'template' ? liquidFault(item.template) : undefined;
    return fault === undefined ? [] : [{ code: 'template_bad', path, params: { ...fault } }];
  });

/** The setting without which a tool of a kind can do nothing. */
const needed: Partial<Record<ToolConfig['kind'], 'flow' | 'url' | 'server' | 'expression' | 'template'>> = {
  mcp: 'server',
  flow: 'flow',
  http: 'url',
  expression: 'expression',
  template: 'template',
};
