import { expect, test } from 'vitest';
import { describeFailure } from './failure.ts';

const params = { limit: '$1.00', spent: '$0.90', most: '$0.20' };

test.each([
  ['run_budget', 'The budget of this run is used up: $0.90 of $1.00 are spent, and this call may cost $0.20.'],
  ['key_day_budget', 'The budget of this API key for today is used up: $0.90 of $1.00 are spent, and this call may cost $0.20.'],
  ['workspace_month_budget_small', 'This call may cost $0.20, more than the whole budget of the workspace for this month, which is $1.00.'],
])('%s says which budget and how much', (reason, sentence) => {
  const failure = { class: 'budget_exceeded' as const, reason, params };
  expect(describeFailure(failure, 'en')).toMatchObject({ message: sentence, fix: expect.any(String) });
  expect(describeFailure(failure, 'zh-Hans').message).toMatch(/\p{Script=Han}.*\$1\.00/u);
});

test('a run that is stopped says by which limit', () => {
  const failure = { class: 'timeout' as const, reason: 'run_too_long', params: { limit: 900 } };
  expect(describeFailure(failure, 'en').message).toBe('The run took longer than 900 seconds and was stopped.');
});
