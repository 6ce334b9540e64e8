import type { Words } from '@patchbay/flow';

/** Sentences of runs that are kept, put aside or gone on with. */
export const durableWords: Readonly<Record<string, { message: Words; fix?: Words }>> = {
  wait_needs_server: {
    message: {
      en: 'This step waits for a person’s answer, and only a server can keep a run until it comes.',
      'zh-Hans': '此步骤要等待人工答复，只有服务器才能保留运行直到答复到来。',
    },
    fix: {
      en: 'Publish the flow and call it there with Prefer: respond-async.',
      'zh-Hans': '请发布流程，并以 Prefer: respond-async 调用。',
    },
  },
  interrupted: {
    message: {
      en: 'The server stopped in the middle of “{node}”, which must not run twice by itself.',
      'zh-Hans': '服务器在“{node}”执行中途停止，而该步骤不能自动重复执行。',
    },
    fix: {
      en: 'See whether its effect has happened, then let the run go on.',
      'zh-Hans': '请先确认其效果是否已发生，再让运行继续。',
    },
  },
  version_gone: {
    message: {
      en: 'The flow this run is pinned to is gone or can no longer run here.',
      'zh-Hans': '此运行所用的流程已不存在，或无法再在此运行。',
    },
  },
  run_timeout: { message: { en: 'The run took longer than its limit and was stopped.', 'zh-Hans': '运行超过时限，已停止。' } },
};
