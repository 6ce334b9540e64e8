import {
  type ChatMessage,
  defineNode,
  type Json,
  type ModelRequest,
  type NodeContext,
  type Outputs,
  type PortChunk,
  StepError,
  type StepInput,
  textOf,
} from '@patchbay/node-kit';
import { type Answer, askModel, toolCallsOf, turnOf } from './ask-model.ts';
import { type Caller, createCaller } from './calls.ts';
import { type AgentConfig, agentConfig, toolFaults } from './config.ts';
import { openTools, partsTaken } from './open-tools.ts';
import { partTitle } from './part-title.ts';
import { readHistory, systemText } from './talk.ts';
import type { AgentTool } from './tool.ts';

export const agentNode = defineNode({
  type: 'agent',
  version: 1,
  category: 'ai',
  icon: 'bot',
  words: {
    title: { en: 'Agent', 'zh-Hans': '智能体' },
    summary: {
      en: 'Works towards a goal: a model decides which of your tools to call, reads what they give, and answers.',
      'zh-Hans': '为达成目标而工作：由模型决定调用哪些工具，阅读结果，然后回答。',
    },
    synonyms: [
      'agent',
      'tools',
      'function calling',
      'ReAct',
      'assistant',
      'autonomous',
      'goal',
      '代理',
      '工具调用',
      '智能代理',
      '助手',
      '目标',
    ],
  },
  config: agentConfig,
  ports: {
    inputs: [
      { id: 'goal', title: { en: 'Goal', 'zh-Hans': '目标' }, type: 'text', required: true },
      { id: 'history', title: { en: 'Earlier messages', 'zh-Hans': '之前的对话' }, type: 'chat', required: false },
    ],
    outputs: [
      { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', stream: true },
      { id: 'steps', title: { en: 'What it did', 'zh-Hans': '执行过程' }, type: 'data[]' },
      { id: 'usage', title: { en: 'What it took', 'zh-Hans': '用量' }, type: 'data' },
    ],
  },
  check: toolFaults,
  partTitle,
  essence: ({ tools }) =>
    tools
      .map(({ id }) => id)
      .join(' · ')
      .slice(0, 120),
  // Its turns and calls are parts, and each of them says for itself whether it may be done twice.
  repeatable: true,
  waits: ({ tools }) => tools.some(({ ask }) => ask === 'always'),
  examples: [
    {
      name: { en: 'A sum', 'zh-Hans': '一道算式' },
      config: { model: 'demo/auto', tools: [{ id: 'calculator', kind: 'calculator' }] },
      inputs: { goal: 'How much is 12 * 7 + 5?' },
      outputs: {
        text: 'The tool “calculator” gave: 89\n\n(Demo model: written by simple rules. Connect a provider for real answers.)',
        steps: [{ turn: 0, tool: 'calculator', arguments: { expression: '12 * 7 + 5' }, result: 89 }],
        usage: { turns: 2, toolCalls: 1, inputTokens: 372, outputTokens: 27, costUsd: 0 },
      },
    },
  ],
  async *run(step, ctx) {
    const { tools, close } = await openTools(step.config.tools, ctx);
    try {
      return yield* work(step, tools, ctx);
    } finally {
      await close();
    }
  },
});

async function* work(
  { config, inputs }: StepInput<AgentConfig>,
  tools: readonly AgentTool[],
  ctx: NodeContext,
): AsyncGenerator<PortChunk, Outputs> {
  const caller = createCaller(ctx, tools, { hours: config.hours, taken: partsTaken(config.tools) });
  const usage = createUsage();
  const messages: ChatMessage[] = [
    { role: 'system', content: systemText(config.instructions) },
    ...readHistory(inputs['history'] as Json),
    { role: 'user', content: await textOf(inputs['goal']) },
  ];
  let after = '';
  for (let turn = 0; turn < config.turns; turn += 1) {
    // The last answer has to come without tools, so that it comes at all.
    const last = turn === config.turns - 1 || caller.circling;
    const aloud = (config.aloud || last || tools.length === 0) && { after };
    const answer: Answer | undefined = yield* askModel(ctx, { turn, request: requestOf(config, { messages, tools, last }), aloud });
    if (answer === undefined) {
      messages.push(...unreadable);
      continue;
    }
    usage.add(answer);
    const calls = toolCallsOf(answer.parts);
    if (calls.length === 0) return endOf(aloud === false ? answer.text : '', caller, usage.total(turn + 1));
    if (last) break;
    if (config.aloud && answer.text !== '') after = '\n\n';
    messages.push(turnOf(answer), { role: 'tool', content: await caller.make(turn, calls) });
  }
  throw new StepError('bad_output', 'agent_no_answer', { limit: config.turns });
}

/** What was said aloud has gone out already; no text at all leaves its port closed. */
function endOf(text: string, { records }: Caller, usage: Record<string, Json>): Outputs {
  const steps: Json = records.map((record) => ({ ...record }));
  return { ...(text === '' ? {} : { text }), steps, usage: { ...usage, toolCalls: records.length } };
}

interface Talk {
  messages: readonly ChatMessage[];
  tools: readonly AgentTool[];
  last: boolean;
}

function requestOf({ model, temperature, maxTokens }: AgentConfig, { messages, tools, last }: Talk): ModelRequest {
  const request: ModelRequest = { model, messages: [...messages], temperature, maxOutputTokens: maxTokens, task: { kind: 'chat' } };
  if (tools.length === 0) return request;
  // Tools stay told of, since earlier calls of them stand in the talk.
  const definitions = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
  return { ...request, tools: definitions, toolChoice: last ? 'none' : 'auto' };
}

/** What stands in the talk for a call whose arguments were no JSON. */
const unreadable: ChatMessage[] = [
  { role: 'assistant', content: '(A call of a tool that could not be read.)' },
  { role: 'user', content: 'The arguments of your call were not JSON. Make the call again with whole JSON, or answer.' },
];

/** Tokens and money over all turns, those of earlier attempts included. */
function createUsage() {
  let inputTokens = 0;
  let outputTokens = 0;
  let costUsd: number | null = 0;
  return {
    add({ usage }: Answer): void {
      inputTokens += usage.inputTokens;
      outputTokens += usage.outputTokens;
      costUsd = costUsd === null || usage.costUsd === null ? null : costUsd + usage.costUsd;
    },
    total: (turns: number): Record<string, Json> => ({ turns, inputTokens, outputTokens, costUsd }),
  };
}
