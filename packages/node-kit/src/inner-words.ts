import type { FailureWords } from './failure-words.ts';

/** Sentences of what runs inside a step: turns of containers, other flows, and the time of a try. */
export const innerWords: Readonly<Record<string, FailureWords>> = {
  flow_not_found: {
    message: { en: 'There is no published flow “{flow}” here.', 'zh-Hans': '此处没有已发布的流程“{flow}”。' },
    fix: { en: 'Check its address, and that it is published.', 'zh-Hans': '请检查其地址，并确认已发布。' },
  },
  flow_unusable: {
    message: { en: 'The flow “{flow}” cannot run: {detail}', 'zh-Hans': '流程“{flow}”无法运行：{detail}' },
    fix: { en: 'Open that flow and mend it.', 'zh-Hans': '请打开该流程进行修复。' },
  },
  flow_inputs_refused: {
    message: { en: 'The flow “{flow}” does not take these inputs: {detail}', 'zh-Hans': '流程“{flow}”不接受这些输入：{detail}' },
  },
  flow_draft_in_tests: {
    message: { en: 'The draft of “{flow}” runs in test runs only.', 'zh-Hans': '“{flow}”的草稿只能在测试运行中使用。' },
    fix: { en: 'Publish it, and choose a version here.', 'zh-Hans': '请将其发布，并在此选择版本。' },
  },
  flow_missing: {
    message: { en: 'This step names no flow to run.', 'zh-Hans': '此步骤没有指定要运行的流程。' },
    fix: { en: 'Write the address of a published flow into it.', 'zh-Hans': '请填写一个已发布流程的地址。' },
  },
  flow_calls_itself: {
    message: { en: 'The flow “{flow}” would run itself again.', 'zh-Hans': '流程“{flow}”会再次运行自身。' },
    fix: { en: 'Use “Repeat until” to do something again.', 'zh-Hans': '如需重复，请使用“重复直到”。' },
  },
  flows_too_deep: {
    message: { en: 'Flows run each other more than {limit} deep.', 'zh-Hans': '流程相互调用超过 {limit} 层。' },
  },
  flow_output_broken: {
    message: { en: 'The text of “{output}” broke off inside the flow.', 'zh-Hans': '“{output}”的文本在流程内部中断。' },
  },
  step_deadline: {
    message: { en: 'The step took longer than {seconds} seconds.', 'zh-Hans': '此步骤耗时超过 {seconds} 秒。' },
    fix: { en: 'Give it more time, or let it retry.', 'zh-Hans': '请延长时限，或允许其重试。' },
  },
  too_many_turns: {
    message: { en: 'This would take more than {limit} turns.', 'zh-Hans': '循环次数将超过 {limit} 次。' },
    fix: { en: 'Give it a shorter list, or split the work over several runs.', 'zh-Hans': '请缩短列表，或分多次运行。' },
  },
  list_too_long: {
    message: {
      en: 'The list has {count} items; at most {limit} are allowed here.',
      'zh-Hans': '列表有 {count} 项，此处最多允许 {limit} 项。',
    },
    fix: { en: 'Raise the limit of this step, or give it a shorter list.', 'zh-Hans': '请调高此步骤的上限，或缩短列表。' },
  },
};
