import { locales } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { describeFailure } from './failure.ts';
import { classWords, reasonWords } from './failure-words.ts';
import type { Failure } from './run-event.ts';

const failure = (reason: string, params: Failure['params'] = {}): Failure => ({ class: 'internal', reason, params });
const said = (reason: string, params: Failure['params']): string => describeFailure(failure(reason, params), 'en').message;

test.each<[string, Failure['params'], string]>([
  ['no_credit', { provider: 'openai' }, 'The account at openai has no credit left.'],
  ['model_not_found', { provider: 'openai', model: 'gpt-9' }, 'There is no model “gpt-9” at openai.'],
  ['endpoint_not_found', { provider: 'local' }, 'There is no model service at the address of local.'],
  ['provider_refused', { provider: 'openai', message: 'bad temperature' }, 'openai refused the request: bad temperature'],
  ['provider_error', { provider: 'openai' }, 'openai answered with an error.'],
  ['provider_rate_limit', { provider: 'openai' }, 'openai takes no more requests for now.'],
  ['provider_timeout', { provider: 'openai' }, 'openai did not answer in time.'],
  ['stream_cut', { provider: 'openai' }, 'The answer of openai broke off in the middle.'],
  ['malformed_answer', { provider: 'openai' }, 'The answer of openai could not be read.'],
  ['empty_answer', { provider: 'openai' }, 'openai answered with nothing.'],
  ['model_refused', { message: 'No.' }, 'The model refused to answer: No.'],
  ['request_too_large', { provider: 'openai' }, 'The request is larger than openai takes.'],
  ['answer_not_json', { start: 'Sure!' }, 'The model did not answer with JSON but with: Sure!'],
  ['unknown_label', { label: 'maybe' }, 'The model named no label of yours: maybe'],
  ['not_json', { start: '{oops' }, 'This text is not JSON: {oops'],
  ['value_missing', { port: 'text' }, 'The input “text” is required but came without a value.'],
  ['path_missing', { port: 'ticket', path: 'customer.name' }, '“ticket” holds nothing under “customer.name”.'],
  ['text_too_long', { limit: 8_388_608 }, 'The text grew longer than 8,388,608 characters.'],
  ['bad_pattern', { pattern: '(', problem: 'missing closing )' }, 'The pattern ( cannot be used: missing closing )'],
  ['no_embed', { provider: 'anthropic' }, 'anthropic cannot turn text into vectors.'],
  ['media_not_taken', { provider: 'Anthropic', mediaType: 'video/mp4' }, 'Anthropic takes no video/mp4 in a message.'],
  ['malformed_tool_call', { tool: 'weather' }, 'The model asked for the tool “weather” in a way nobody can read.'],
  ['caller_left', {}, 'The caller left, so the run was stopped.'],
])('%s', (reason, params, sentence) => {
  expect(said(reason, params)).toBe(sentence);
});

test('every reason has a Chinese sentence that is Chinese', () => {
  for (const { message, fix } of [...Object.values(reasonWords), ...Object.values(classWords)]) {
    expect(message['zh-Hans']).toMatch(/\p{Script=Han}/u);
    if (fix !== undefined) expect(fix['zh-Hans']).toMatch(/\p{Script=Han}/u);
  }
});

test('both languages name the same parameters', () => {
  const places = (text: string): string[] => [...text.matchAll(/\{([a-zA-Z]+)\}/g)].map((match) => match[1] ?? '').sort();
  for (const [reason, { message, fix }] of Object.entries(reasonWords)) {
    expect([reason, ...places(message.en)]).toEqual([reason, ...places(message['zh-Hans'])]);
    if (fix !== undefined) expect(places(fix.en)).toEqual(places(fix['zh-Hans']));
  }
});

test('what a provider says is shown in part, and never read as a place', () => {
  const long = said('provider_refused', { provider: 'openai', message: `{provider} ${'x'.repeat(5_000)}` });
  expect(long.length).toBeLessThan(250);
  expect(long).toContain('{provider}');
});

test('a reason without a fix of its own has that of its class', () => {
  for (const locale of locales) {
    expect(describeFailure({ class: 'timeout', reason: 'caller_left', params: {} }, locale).fix).toBe(classWords.timeout.fix?.[locale]);
  }
  expect(describeFailure({ class: 'cancelled', reason: 'caller_left', params: {} }, 'en')).not.toHaveProperty('fix');
});
