import type { LanguageModelV4CallOptions, LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { ChatMessage, ChatRequest, ContentPart, MediaPart, ToolResultPart } from '../interface.ts';

type Part<Role extends LanguageModelV4Message['role']> = Exclude<
  Extract<LanguageModelV4Message, { role: Role }>['content'],
  string
>[number];

/** A request of ours as the provider packages take it. */
export function callOptions(request: ChatRequest, signal: AbortSignal): LanguageModelV4CallOptions {
  const { temperature, maxOutputTokens, schema, tools, toolChoice, reasoning } = request;
  return {
    prompt: promptOf(request.messages),
    abortSignal: signal,
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(schema === undefined ? {} : { responseFormat: { type: 'json' as const, name: 'answer', schema } }),
    ...(tools === undefined || tools.length === 0
      ? {}
      : { tools: tools.map((tool) => ({ type: 'function' as const, ...tool })), toolChoice: choiceOf(toolChoice) }),
  };
}

const choiceOf = (choice: ChatRequest['toolChoice'] = 'auto') =>
  typeof choice === 'string' ? { type: choice } : { type: 'tool' as const, toolName: choice.name };

const promptOf = (messages: readonly ChatMessage[]): LanguageModelV4Prompt => messages.map(messageOf);

function messageOf({ role, content }: ChatMessage): LanguageModelV4Message {
  const parts: readonly ContentPart[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  switch (role) {
    case 'system':
      return { role, content: parts.map((part) => (part.type === 'text' ? part.text : '')).join('') };
    case 'user':
      return { role, content: parts.flatMap(userPart) };
    case 'assistant':
      return { role, content: parts.flatMap(assistantPart) };
    case 'tool':
      return { role, content: parts.flatMap((part) => (part.type === 'tool-result' ? [resultPart(part)] : [])) };
  }
}

function userPart(part: ContentPart): Part<'user'>[] {
  if (part.type === 'text') return [{ type: 'text', text: part.text }];
  return part.type === 'media' ? [filePart(part)] : [];
}

function assistantPart(part: ContentPart): Part<'assistant'>[] {
  const own = 'opaque' in part && part.opaque !== undefined ? { providerOptions: part.opaque } : {};
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return [{ type: part.type, text: part.text, ...own }];
    case 'media':
      return [{ ...filePart(part), ...own }];
    case 'tool-call':
      return [{ type: 'tool-call', toolCallId: part.id, toolName: part.name, input: part.input, ...own }];
    case 'tool-result':
      return [];
  }
}

const filePart = ({ mediaType, base64, name }: MediaPart) => ({
  type: 'file' as const,
  mediaType,
  data: { type: 'data' as const, data: base64 },
  ...(name === undefined ? {} : { filename: name }),
});

function resultPart({ id, name, output, failed }: ToolResultPart): Part<'tool'> {
  const value =
    typeof output === 'string'
      ? { type: failed === true ? ('error-text' as const) : ('text' as const), value: output }
      : { type: failed === true ? ('error-json' as const) : ('json' as const), value: output };
  return { type: 'tool-result', toolCallId: id, toolName: name, output: value };
}
