import type { Json } from '@patchbay/flow';
import { StepError } from './step-error.ts';

/** A server that offers tools by the Model Context Protocol, over streamable HTTP. */
export interface McpServer {
  url: string;
  headers: Record<string, string>;
  /** Headers whose value is a stored secret: lower-case name of the header to name of the secret. */
  secrets: Record<string, string>;
  /** The longest one request may take, in milliseconds. */
  timeoutMs: number;
}
export interface McpTool {
  name: string;
  description: string;
  /** JSON Schema of an object. */
  inputSchema: Record<string, Json>;
  /** The server says that calling it again changes nothing more. */
  repeatable: boolean;
}
/** A connection, made when it is first needed. Rejects with `auth`, `timeout`, `provider_unavailable` or `bad_output`. */
export interface McpSession {
  tools(): Promise<McpTool[]>;
  /** What a tool gave. Rejects with `tool_failed` and the server's words where it says that it failed. */
  call(tool: string, args: Record<string, Json>): Promise<Json>;
  close(): Promise<void>;
}
export interface Mcp {
  connect(server: McpServer): McpSession;
}

/** Where no server can be reached. */
export const noMcp: Mcp = {
  connect: () => {
    throw new StepError('internal', 'mcp_not_here');
  },
};
