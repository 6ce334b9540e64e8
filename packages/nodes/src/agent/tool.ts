import type { Json, NodeContext } from '@patchbay/node-kit';

/** A tool as an agent has it: what the model is told of it, and what a call does. */
export interface AgentTool {
  /** `^[a-zA-Z0-9_-]{1,64}$`. */
  name: string;
  description: string;
  /** JSON Schema of an object; a call reaches the tool only with arguments that fit. */
  inputSchema: Record<string, Json>;
  /** May be called again after a crash in mid-call. */
  repeatable: boolean;
  /** A person is asked before each call. */
  ask: boolean;
  call(args: Record<string, Json>, ctx: NodeContext): Promise<Json>;
}

/** What an author sets for any tool, whatever it does. */
export type ToolFace = Pick<AgentTool, 'name' | 'ask'> & { description: string };
