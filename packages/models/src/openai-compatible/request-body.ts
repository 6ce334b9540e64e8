import type { ChatMessage, ChatRequest, ContentPart, Json } from '../interface.ts';

/** Differences between servers that speak this wire. */
export interface Dialect {
  /** OpenAI's own models refuse `max_tokens`; most others know nothing else. */
  maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** `json_object` where a server takes no schema: the prompt then has to say the shape. */
  jsonFormat: 'json_schema' | 'json_object';
}

/** What is known of a server by its address; the usual for all others. */
export function dialectOf(baseUrl: string): Dialect {
  return {
    maxTokensField: baseUrl.startsWith('https://api.openai.com/') ? 'max_completion_tokens' : 'max_tokens',
    jsonFormat: baseUrl.startsWith('https://api.deepseek.com/') ? 'json_object' : 'json_schema',
  };
}

/** The body of `POST /chat/completions`. */
export function requestBody(request: ChatRequest, stream: boolean, dialect: Dialect): string {
  const body: { [key: string]: Json } = { model: request.model, messages: request.messages.map(wireMessage) };
  if (request.temperature !== undefined) body['temperature'] = request.temperature;
  if (request.maxOutputTokens !== undefined) body[dialect.maxTokensField] = request.maxOutputTokens;
  if (request.schema !== undefined) {
    body['response_format'] =
      dialect.jsonFormat === 'json_object'
        ? { type: 'json_object' }
        : { type: 'json_schema', json_schema: { name: 'answer', schema: request.schema } };
  }
  if (stream) {
    body['stream'] = true;
    body['stream_options'] = { include_usage: true };
  }
  return JSON.stringify(body);
}

const wireMessage = ({ role, content }: ChatMessage): { [key: string]: Json } => ({
  role,
  content: typeof content === 'string' ? content : content.map(wirePart),
});

function wirePart(part: ContentPart): { [key: string]: Json } {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const url = `data:${part.mediaType};base64,${part.base64}`;
  if (part.mediaType.startsWith('image/')) return { type: 'image_url', image_url: { url } };
  if (part.mediaType.startsWith('audio/')) {
    return { type: 'input_audio', input_audio: { data: part.base64, format: part.mediaType === 'audio/wav' ? 'wav' : 'mp3' } };
  }
  return { type: 'file', file: { filename: 'file', file_data: url } };
}
