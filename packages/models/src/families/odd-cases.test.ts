import { cannedRequest } from '@patchbay/testing';
import { expect, test, vi } from 'vitest';
import { createProvider } from '../create-provider.ts';
import type { FamilyId } from '../families.ts';
import type { CallContext } from '../interface.ts';

vi.setConfig({ testTimeout: 60_000 });

const call = (body: unknown, status = 200): CallContext => ({
  request: cannedRequest([typeof body === 'string' ? body : JSON.stringify(body)], status),
  signal: new AbortController().signal,
});
const ask = (family: FamilyId, context: CallContext) =>
  createProvider({ family, id: 'p', baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'key-12345', settings: { region: 'eu-west-1' } }).generate(
    { model: family === 'anthropic' ? 'claude-sonnet-4-5' : 'm', messages: [{ role: 'user', content: 'Hi' }] },
    context,
  );

const chat = (message: object, finish_reason = 'stop') => ({
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});
const claude = (content: object[], stop_reason: string) => ({
  type: 'message',
  id: 'x',
  role: 'assistant',
  model: 'claude',
  content,
  stop_reason,
  usage: { input_tokens: 1, output_tokens: 1 },
});
const gemini = (candidate: object, more: object = {}) => ({ candidates: [{ index: 0, ...candidate }], usageMetadata: {}, ...more });
const said = { content: { role: 'model', parts: [{ text: 'Hello' }] } };
const converse = (content: object[], stopReason: string) => ({
  output: { message: { role: 'assistant', content } },
  stopReason,
  usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
});

/** Answers as providers were seen to give them, each to be one result or one failure of ours. */
const failing: [name: string, family: FamilyId, body: unknown, errorClass: string, reason: string][] = [
  ['no choices', 'openai-compatible', { choices: [] }, 'bad_output', 'empty_answer'],
  ['null content', 'openai-compatible', chat({ content: null }), 'bad_output', 'empty_answer'],
  ['a refusal in its own field', 'openai-compatible', chat({ content: null, refusal: 'I cannot.' }), 'content_filtered', 'model_refused'],
  ['a filter', 'openai-compatible', chat({ content: '' }, 'content_filter'), 'content_filtered', 'content_filtered'],
  ['no choices', 'deepseek', { ...chat({}), choices: [] }, 'bad_output', 'malformed_answer'],
  ['out of resources', 'deepseek', chat({ content: '' }, 'insufficient_system_resource'), 'provider_unavailable', 'provider_error'],
  ['null content', 'mistral', chat({ content: null }), 'bad_output', 'empty_answer'],
  ['null content', 'alibaba', chat({ content: null }), 'bad_output', 'empty_answer'],
  ['a refusal', 'anthropic', claude([], 'refusal'), 'content_filtered', 'content_filtered'],
  ['a refusal after some words', 'anthropic', claude([{ type: 'text', text: 'I' }], 'refusal'), 'content_filtered', 'content_filtered'],
  ['no content', 'anthropic', claude([], 'end_turn'), 'bad_output', 'empty_answer'],
  [
    'thinking and no answer',
    'anthropic',
    claude([{ type: 'thinking', thinking: 'hm', signature: 's' }], 'end_turn'),
    'bad_output',
    'empty_answer',
  ],
  ['a blocked prompt', 'google', { promptFeedback: { blockReason: 'SAFETY' } }, 'content_filtered', 'content_filtered'],
  ['safety', 'google', gemini({ finishReason: 'SAFETY' }), 'content_filtered', 'content_filtered'],
  ['recitation', 'google', gemini({ ...said, finishReason: 'RECITATION' }), 'content_filtered', 'content_filtered'],
  ['a broken function call', 'google', gemini({ content: {}, finishReason: 'MALFORMED_FUNCTION_CALL' }), 'bad_output', 'malformed_answer'],
  ['no parts', 'google', gemini({ content: { role: 'model' }, finishReason: 'STOP' }), 'bad_output', 'empty_answer'],
  ['a guardrail', 'bedrock', converse([{ text: 'Sorry.' }], 'guardrail_intervened'), 'content_filtered', 'content_filtered'],
  ['no content', 'bedrock', converse([], 'end_turn'), 'bad_output', 'empty_answer'],
];
test.each(failing)('%s at %s is no answer', async (_name, family, body, errorClass, reason) => {
  await expect(ask(family, call(body))).rejects.toMatchObject({ errorClass, reason });
});

const answering: [name: string, family: FamilyId, body: unknown, expected: object][] = [
  ['thinking in a field of its own', 'openai-compatible', chat({ content: 'Hello', reasoning: 'hm' }), { text: 'Hello' }],
  [
    'several calls and no words',
    'deepseek',
    chat({ content: '', tool_calls: [toolCall('1'), toolCall('2')] }, 'tool_calls'),
    { finishReason: 'tool_calls' },
  ],
  ['its own word for the length', 'mistral', chat({ content: 'Hel' }, 'model_length'), { text: 'Hel', finishReason: 'length' }],
  ['the window full', 'anthropic', claude([{ type: 'text', text: 'Hel' }], 'model_context_window_exceeded'), { finishReason: 'length' }],
  ['a pause', 'anthropic', claude([{ type: 'text', text: 'Hello' }], 'pause_turn'), { text: 'Hello', finishReason: 'stop' }],
  [
    'text in several parts',
    'google',
    gemini({ content: { parts: [{ text: 'Hel' }, { text: 'lo' }] }, finishReason: 'STOP' }),
    { text: 'Hello' },
  ],
  [
    'no figures',
    'google',
    gemini({ ...said, finishReason: 'STOP' }, { usageMetadata: undefined }),
    { text: 'Hello', usage: { estimated: true } },
  ],
  ['a stop at a sequence', 'bedrock', converse([{ text: 'Hello' }], 'stop_sequence'), { text: 'Hello', finishReason: 'stop' }],
];
test.each(answering)('%s at %s is an answer', async (_name, family, body, expected) => {
  expect(await ask(family, call(body))).toMatchObject(expected);
});

function toolCall(id: string): object {
  return { id, type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } };
}

/** Refusals in the words of each provider. */
const refused: [family: FamilyId, status: number, body: unknown, errorClass: string, reason: string][] = [
  [
    'alibaba',
    400,
    { error: { code: 'data_inspection_failed', message: 'Input text data may contain inappropriate content.' } },
    'content_filtered',
    'content_filtered',
  ],
  [
    'alibaba',
    400,
    { error: { code: 'Arrearage', message: 'Access denied, please make sure your account is in good standing.' } },
    'auth',
    'no_credit',
  ],
  ['alibaba', 400, { error: { message: 'Range of input length should be [1, 129024]' } }, 'context_too_long', 'context_too_long'],
  ['deepseek', 402, { error: { message: 'Insufficient Balance' } }, 'auth', 'no_credit'],
  ['mistral', 422, { detail: [{ loc: ['body', 'temperature'], msg: 'too large' }] }, 'invalid_input', 'provider_refused'],
  ['mistral', 401, { detail: 'Unauthorized' }, 'auth', 'key_rejected'],
  [
    'mistral',
    400,
    { object: 'error', message: 'Invalid model: nope', type: 'invalid_model', code: '1500' },
    'invalid_input',
    'model_not_found',
  ],
  [
    'azure',
    404,
    { error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' } },
    'invalid_input',
    'model_not_found',
  ],
  [
    'azure',
    400,
    { error: { code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } } },
    'content_filtered',
    'content_filtered',
  ],
  [
    'anthropic',
    413,
    { type: 'error', error: { type: 'request_too_large', message: 'Request exceeds the maximum size' } },
    'context_too_long',
    'request_too_large',
  ],
  [
    'anthropic',
    400,
    { type: 'error', error: { type: 'invalid_request_error', message: 'Your credit balance is too low' } },
    'auth',
    'no_credit',
  ],
  ['bedrock', 503, { message: 'Too many connections' }, 'provider_unavailable', 'provider_error'],
  ['bedrock', 500, '<html>Bad gateway</html>', 'provider_unavailable', 'provider_error'],
];
test.each(refused)('%s %i %j is its class', async (family, status, body, errorClass, reason) => {
  await expect(ask(family, call(body, status))).rejects.toMatchObject({ errorClass, reason });
});
