import { ModelError } from './errors.ts';
import type { Json, ToolCallPart } from './interface.ts';

interface Asked {
  id: string;
  name: string;
  /** What the model wrote, meant to be JSON; empty where the tool takes nothing. */
  written: string;
}

/** A tool call whose arguments are read. Throws `bad_output` where they are no JSON, as a model cut off leaves them. */
export function toolCall({ id, name, written }: Asked, params: { provider: string; model: string }): ToolCallPart {
  if (written.trim() === '') return { type: 'tool-call', id, name, input: {} };
  let input: Json;
  try {
    input = JSON.parse(written) as Json;
  } catch {
    throw new ModelError('bad_output', 'malformed_tool_call', { ...params, tool: name.slice(0, 64) });
  }
  return { type: 'tool-call', id, name, input };
}
