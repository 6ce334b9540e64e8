import type { AnswerPart, ChatMessage, ChatRequest, ContentPart, ToolCallPart } from './interface.ts';
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

/** The tools a model asked for, in order. */
export const toolCallsOf = ({ parts = [] }: { parts?: readonly AnswerPart[] | undefined }): ToolCallPart[] =>
  parts.filter((part) => part.type === 'tool-call');

/** What a model thought before it answered; empty where it told nothing of it. */
export const reasoningOf = ({ parts = [] }: { parts?: readonly AnswerPart[] | undefined }): string =>
  parts.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');

/** Tokens of what was asked, estimated. An image counts as a flat 765, a common size of one tile set. */
export function estimateInput(request: ChatRequest): number {
  let tokens = 0;
  for (const { content } of request.messages) {
    if (typeof content === 'string') tokens += estimateTokens(content) + 4;
    else for (const part of content) tokens += estimatePart(part);
  }
  return request.tools === undefined ? tokens : tokens + estimateTokens(JSON.stringify(request.tools));
}

function estimatePart(part: ContentPart): number {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return estimateTokens(part.text);
    case 'media':
      return 765;
    case 'tool-call':
      return estimateTokens(JSON.stringify(part.input)) + 4;
    case 'tool-result':
      return estimateTokens(JSON.stringify(part.output)) + 4;
  }
}
