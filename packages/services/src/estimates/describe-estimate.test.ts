import { expect, test } from 'vitest';
import type { EstimateResource } from '../resources.ts';
import { describeEstimate } from './describe-estimate.ts';

const exactly = (figure: number) => ({ least: figure, most: figure });
const estimate: EstimateResource = {
  calls: { least: 1, most: 3 },
  inputTokens: exactly(1_200),
  outputTokens: { least: 20, most: 500 },
  costUsd: { least: 0.000_123, most: 0.25 },
  simulated: false,
  complete: true,
  steps: [],
};

test('an estimate is one sentence, in both languages', () => {
  expect(describeEstimate(estimate, 'en')).toBe('Calls of models in a run: 1–3; about 1,200 tokens in, 20–500 out; about $0.00012–$0.25.');
  expect(describeEstimate(estimate, 'zh-Hans')).toBe(
    '一次运行的模型调用：1–3 次；约 1,200 个输入 token，20–500 个输出 token；约 $0.00012–$0.25。',
  );
});

test('what costs nothing, what has no price, what is not complete and what asks nobody say so', () => {
  expect(describeEstimate({ ...estimate, costUsd: exactly(0), simulated: true }, 'en')).toContain('free, since the demo model answers');
  expect(describeEstimate({ ...estimate, costUsd: null }, 'en')).toContain('price unknown');
  expect(describeEstimate({ ...estimate, complete: false }, 'en')).toMatch(/more routes than were looked at\.$/);
  expect(describeEstimate({ ...estimate, calls: exactly(0) }, 'zh-Hans')).toBe('运行不调用模型。');
});
