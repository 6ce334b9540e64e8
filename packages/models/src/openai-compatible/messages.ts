import type { ChatMessage, ChatRequest, ContentPart, Json, MediaPart, ToolCallPart, ToolResultPart } from '../interface.ts';

type Body = { [key: string]: Json };

/** Our messages in the wire's form. A message of tool results becomes one message per result. */
export const wireMessages = (messages: readonly ChatMessage[]): Json[] => messages.flatMap(wireMessage);

function wireMessage({ role, content }: ChatMessage): Body[] {
  if (typeof content === 'string') return [{ role, content }];
  const results = content.filter((part) => part.type === 'tool-result');
  const calls = content.filter((part) => part.type === 'tool-call');
  const rest = content.flatMap(wirePart);
  if (calls.length > 0) return [{ role, content: textOf(content), tool_calls: calls.map(wireCall) }];
  const others = rest.length > 0 || results.length === 0 ? [{ role, content: rest }] : [];
  return [...results.map(wireResult), ...others];
}

const textOf = (content: readonly ContentPart[]): string | null =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('') || null;

const wireCall = ({ id, name, input }: ToolCallPart): Body => ({
  id,
  type: 'function',
  function: { name, arguments: JSON.stringify(input) },
});

const wireResult = ({ id, output }: ToolResultPart): Body => ({
  role: 'tool',
  tool_call_id: id,
  content: typeof output === 'string' ? output : JSON.stringify(output),
});

/** What a model thought is not handed back: servers of this wire take no such part. */
function wirePart(part: ContentPart): Body[] {
  if (part.type === 'text') return [{ type: 'text', text: part.text }];
  return part.type === 'media' ? [wireMedia(part)] : [];
}

function wireMedia({ mediaType, base64, name }: MediaPart): Body {
  const url = `data:${mediaType};base64,${base64}`;
  if (mediaType.startsWith('image/')) return { type: 'image_url', image_url: { url } };
  if (mediaType.startsWith('video/')) return { type: 'video_url', video_url: { url } };
  if (mediaType.startsWith('audio/')) {
    return { type: 'input_audio', input_audio: { data: base64, format: mediaType === 'audio/wav' ? 'wav' : 'mp3' } };
  }
  return { type: 'file', file: { filename: name ?? 'file', file_data: url } };
}

/** The tools of a request and which of them are wanted; nothing where there are none. */
export function wireTools({ tools, toolChoice }: ChatRequest): Body {
  if (tools === undefined || tools.length === 0) return {};
  const list = tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: { name, description, parameters: inputSchema },
  }));
  if (toolChoice === undefined) return { tools: list };
  return {
    tools: list,
    tool_choice: typeof toolChoice === 'string' ? toolChoice : { type: 'function', function: { name: toolChoice.name } },
  };
}
