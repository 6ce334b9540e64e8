import { expect, test } from 'vitest';
import { StepError } from './step-error.ts';

test('a step error carries class, reason and parameters, and no sentence', () => {
  const error = new StepError('invalid_input', 'not_json', { start: 'x' });
  expect(error).toBeInstanceOf(Error);
  expect({ ...error }).toEqual({ name: 'StepError', errorClass: 'invalid_input', reason: 'not_json', params: { start: 'x' } });
  expect(error.message).toBe('invalid_input: not_json');
  expect(new StepError('timeout', 'slow').params).toEqual({});
});
