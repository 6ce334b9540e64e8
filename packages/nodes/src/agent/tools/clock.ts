import { type Json, StepError } from '@patchbay/node-kit';
import type { AgentTool, ToolFace } from '../tool.ts';

/** The time of the run's clock, since a model knows none. */
export const clockTool = ({ name, ask, description }: ToolFace): AgentTool => ({
  name,
  ask,
  description: description || 'Tells the date, the time and the day of the week now.',
  inputSchema: {
    type: 'object',
    properties: { zone: { type: 'string', description: 'Time zone such as Europe/Zurich or Asia/Shanghai; UTC where none is given' } },
    additionalProperties: false,
  },
  repeatable: true,
  call: async ({ zone }, ctx): Promise<Json> => tell(ctx.now(), typeof zone === 'string' && zone !== '' ? zone : 'UTC'),
});

function tell(now: number, zone: string): Json {
  const utc = new Date(now).toISOString();
  try {
    const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(now);
    const weekday = new Intl.DateTimeFormat('en', { timeZone: zone, weekday: 'long' }).format(now);
    return { utc, zone, local, weekday };
  } catch {
    throw new StepError('invalid_input', 'bad_zone', { zone: zone.slice(0, 80) });
  }
}
