import { field } from '@patchbay/node-kit';

/** The model to ask; every node that asks one has this field under the same name. */
export const modelField = field.model({ title: { en: 'Model', 'zh-Hans': '模型' } });

/** Further wishes of the author, sent with our own instructions. */
export const instructionsField = field.longText({
  title: { en: 'Further instructions', 'zh-Hans': '补充说明' },
  placeholder: { en: 'What the model should also mind.', 'zh-Hans': '模型还需要注意什么。' },
  advanced: true,
});

/** How long an answer is good for an equal question; every node that asks a model has this field under the same name. */
export const cacheField = field.choice(
  {
    title: { en: 'Use an earlier answer', 'zh-Hans': '使用之前的回答' },
    help: {
      en: 'The same question to the same model is answered from memory, at once and for free.',
      'zh-Hans': '向同一模型提出相同问题时，直接使用已保存的回答，即时且免费。',
    },
    options: [
      { value: 'off', title: { en: 'Never, always ask', 'zh-Hans': '从不，每次都询问' } },
      { value: 'hour', title: { en: 'If it is less than an hour old', 'zh-Hans': '一小时内的回答' } },
      { value: 'day', title: { en: 'If it is less than a day old', 'zh-Hans': '一天内的回答' } },
      { value: 'week', title: { en: 'If it is less than a week old', 'zh-Hans': '一周内的回答' } },
    ],
    advanced: true,
  },
  'off',
);

const hourMs = 3_600_000;
const cacheTimes = { off: undefined, hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const;

/** The field as a request has it, in milliseconds. */
export const cacheTime = (cache: keyof typeof cacheTimes): number | undefined => cacheTimes[cache];
