import { fillWords, type Locale, type Words } from '@patchbay/flow';
import type { EstimateRange, EstimateResource } from '../resources.ts';

const words: Record<'all' | 'none' | 'free' | 'unknown' | 'cost' | 'partial', Words> = {
  none: { en: 'A run asks no model.', 'zh-Hans': '运行不调用模型。' },
  all: {
    en: 'Calls of models in a run: {calls}; about {input} tokens in, {output} out; {cost}.',
    'zh-Hans': '一次运行的模型调用：{calls} 次；约 {input} 个输入 token，{output} 个输出 token；{cost}。',
  },
  cost: { en: 'about {usd}', 'zh-Hans': '约 {usd}' },
  free: { en: 'free, since the demo model answers', 'zh-Hans': '免费（由演示模型回答）' },
  unknown: { en: 'price unknown', 'zh-Hans': '价格未知' },
  partial: { en: ' There are more routes than were looked at.', 'zh-Hans': '还有未检查的分支。' },
};

/** An estimate in one sentence. */
export function describeEstimate(estimate: EstimateResource, locale: Locale): string {
  const { calls, inputTokens, outputTokens, complete } = estimate;
  const number = (value: number): string => new Intl.NumberFormat(locale).format(value);
  const shown = (range: EstimateRange, show = number): string =>
    range.least === range.most ? show(range.least) : `${show(range.least)}–${show(range.most)}`;
  const rest = complete ? '' : words.partial[locale];
  if (calls.most === 0) return words.none[locale] + rest;
  const params = { calls: shown(calls), input: shown(inputTokens), output: shown(outputTokens), cost: costOf(estimate, shown, locale) };
  return fillWords(words.all, params, locale) + rest;
}

function costOf(
  { costUsd, simulated }: EstimateResource,
  shown: (range: EstimateRange, show: (usd: number) => string) => string,
  locale: Locale,
): string {
  if (costUsd === null) return words.unknown[locale];
  if (simulated && costUsd.most === 0) return words.free[locale];
  return fillWords(words.cost, { usd: shown(costUsd, dollars) }, locale);
}

/** Two digits of small sums, cents of larger ones. */
const dollars = (usd: number): string => `$${usd >= 0.1 || usd === 0 ? usd.toFixed(2) : String(Number(usd.toPrecision(2)))}`;
