import type { ChatMessage, ChatRequest } from './interface.ts';
import { estimateTokens } from './tokens.ts';

/** The text parts of a message, joined. */
export function textOfMessage(message: ChatMessage): string {
  const { content } = message;
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** The last thing the user said; empty where there is nothing. */
export function lastUserText(messages: readonly ChatMessage[]): string {
  const last = messages.findLast((message) => message.role === 'user');
  return last === undefined ? '' : textOfMessage(last);
}

/** Tokens of what was asked, estimated. An image counts as a flat 765, a common size of one tile set. */
export function estimateInput(request: ChatRequest): number {
  let tokens = 0;
  for (const { content } of request.messages) {
    if (typeof content === 'string') tokens += estimateTokens(content) + 4;
    else for (const part of content) tokens += part.type === 'text' ? estimateTokens(part.text) : 765;
  }
  return tokens;
}
