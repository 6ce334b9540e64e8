import type { Words } from '@patchbay/flow';

interface LimitWords {
  message: Words;
  fix?: Words;
}

/** Budgets by the reason they are refused for. */
const budgets: Record<string, Words> = {
  run_budget: { en: 'this run', 'zh-Hans': '本次运行' },
  key_day_budget: { en: 'this API key for today', 'zh-Hans': '此 API 密钥今日' },
  key_month_budget: { en: 'this API key for this month', 'zh-Hans': '此 API 密钥本月' },
  workspace_day_budget: { en: 'the workspace for today', 'zh-Hans': '工作区今日' },
  workspace_month_budget: { en: 'the workspace for this month', 'zh-Hans': '工作区本月' },
};

/** The budget is used up: `{spent}` of `{limit}`, with a call of `{most}` still to come. */
const usedUp = (whose: Words): LimitWords => ({
  message: {
    en: `The budget of ${whose.en} is used up: {spent} of {limit} are spent, and this call may cost {most}.`,
    'zh-Hans': `${whose['zh-Hans']}的预算已用完：已用 {spent}，上限 {limit}，此次调用最多可能花费 {most}。`,
  },
});

/** One call alone may cost more than the whole budget. */
const tooSmall = (whose: Words): LimitWords => ({
  message: {
    en: `This call may cost {most}, more than the whole budget of ${whose.en}, which is {limit}.`,
    'zh-Hans': `此次调用最多可能花费 {most}，超过${whose['zh-Hans']}的全部预算 {limit}。`,
  },
  fix: {
    en: 'Set a shorter longest answer in this step, choose a cheaper model, or raise the budget.',
    'zh-Hans': '请在此步骤中缩短最长回答、选择更便宜的模型，或提高预算。',
  },
});

/** Sentences for what runs into a limit of our own. */
export const limitWords: Readonly<Record<string, LimitWords>> = {
  ...Object.fromEntries(
    Object.entries(budgets).flatMap(([reason, whose]) => [
      [reason, usedUp(whose)],
      [`${reason}_small`, tooSmall(whose)],
    ]),
  ),
  too_many: {
    message: {
      en: 'Too many calls of this model wait for their turn; {limit} are made at once.',
      'zh-Hans': '等待此模型的调用过多；同时最多进行 {limit} 个。',
    },
    fix: { en: 'Try again in a moment, or let this step retry.', 'zh-Hans': '请稍后再试，或让此步骤自动重试。' },
  },
  run_too_long: {
    message: { en: 'The run took longer than {limit} seconds and was stopped.', 'zh-Hans': '运行超过 {limit} 秒，已停止。' },
    fix: {
      en: 'Do less in one run. Whoever runs Patchbay can raise PATCHBAY_MAX_RUN_SECONDS.',
      'zh-Hans': '请减少单次运行的工作量。Patchbay 的运行者可调高 PATCHBAY_MAX_RUN_SECONDS。',
    },
  },
  run_too_many_steps: {
    message: { en: 'The run started more than {limit} steps and was stopped.', 'zh-Hans': '运行启动的步骤超过 {limit} 个，已停止。' },
    fix: {
      en: 'Do less in one run. Whoever runs Patchbay can raise PATCHBAY_MAX_RUN_STEPS.',
      'zh-Hans': '请减少单次运行的工作量。Patchbay 的运行者可调高 PATCHBAY_MAX_RUN_STEPS。',
    },
  },
};
