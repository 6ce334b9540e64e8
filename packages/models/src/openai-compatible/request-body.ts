import type { ChatRequest, Json } from '../interface.ts';
import { wireMessages, wireTools } from './messages.ts';

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
  const body: { [key: string]: Json } = { model: request.model, messages: wireMessages(request.messages), ...wireTools(request) };
  if (request.temperature !== undefined) body['temperature'] = request.temperature;
  if (request.maxOutputTokens !== undefined) body[dialect.maxTokensField] = request.maxOutputTokens;
  if (request.reasoning !== undefined) body['reasoning_effort'] = request.reasoning;
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
