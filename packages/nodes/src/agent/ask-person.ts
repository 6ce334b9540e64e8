import { type Failure, failureError, fillWords, type Json, type NodeContext, type Words } from '@patchbay/node-kit';

const hourMs = 3_600_000;
/** Longest arguments a person is shown, in UTF-16 units. */
const longestShown = 4_000;

const words = {
  message: {
    en: 'The agent wants to call the tool “{tool}” with:\n\n{arguments}\n\nMay it?',
    'zh-Hans': '智能体要调用工具“{tool}”，参数为：\n\n{arguments}\n\n是否允许？',
  },
  allow: { en: 'Allow this call', 'zh-Hans': '允许此次调用' },
  why: { en: 'Why, or what else to do', 'zh-Hans': '原因或其他建议' },
} satisfies Record<string, Words>;

export interface Asking {
  turn: number;
  id: string;
  hours: number;
  tool: string;
  args: Json;
}

/** Asks a person whether a call may be made, as a part of its own, so that a call begins only after the yes. Gives why not. */
export async function askPerson(ctx: NodeContext, { turn, id, hours, tool, args }: Asking): Promise<Failure | undefined> {
  const { outputs, error } = await ctx.parts.run({
    turn,
    id,
    repeatable: true,
    work: async (part) => {
      const until = hours === 0 ? null : part.now() + hours * hourMs;
      const { locale } = part;
      const shown = JSON.stringify(args, null, 2).slice(0, longestShown);
      const answer = await part.wait({
        kind: 'person',
        message: fillWords(words.message, { tool, arguments: shown }, locale),
        fields: [
          { id: 'allow', title: words.allow[locale], type: 'boolean', required: true },
          { id: 'why', title: words.why[locale], type: 'text', required: false },
        ],
        until,
      });
      if (answer.kind !== 'answered') return { allowed: false, late: true };
      const { allow, why } = answer.values;
      return { allowed: allow === true, why: typeof why === 'string' ? why : '' };
    },
  });
  if (error !== undefined) throw failureError(error);
  if (outputs['allowed'] === true) return undefined;
  if (outputs['late'] === true) return { class: 'invalid_input', reason: 'tool_unanswered', params: { tool } };
  const why = typeof outputs['why'] === 'string' ? outputs['why'].slice(0, 1_000) : '';
  return { class: 'invalid_input', reason: why === '' ? 'tool_refused' : 'tool_refused_why', params: { tool, why } };
}
