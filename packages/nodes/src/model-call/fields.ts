import { field, type Words } from '@patchbay/node-kit';

/** The model to ask; every node that asks one has this field under the same name. */
export const modelField = field.model({ title: { en: 'Model', 'zh-Hans': '模型' } });

/** What the model is and minds: its system part. The help says what the rest of the message is. */
export const roleField = (
  help: Words,
  placeholder: Words = { en: 'You are a helpful assistant.', 'zh-Hans': '你是一位乐于助人的助手。' },
) => field.longText({ title: { en: 'Role and rules', 'zh-Hans': '角色与规则' }, help, placeholder });

/** How freely the model writes; empty leaves it to the provider. */
export const temperatureField = field.optionalNumber({
  title: { en: 'Temperature', 'zh-Hans': '温度' },
  help: { en: '0 is steady, 2 is wild. Empty: the model decides.', 'zh-Hans': '0 稳定，2 发散。留空由模型决定。' },
  min: 0,
  max: 2,
  advanced: true,
});

/** The most tokens one answer may have; empty leaves it to the provider. */
export const maxTokensField = (title: Words = { en: 'Longest answer, in tokens', 'zh-Hans': '最长回答（token）' }) =>
  field.optionalNumber({ title, min: 1, max: 1_000_000, advanced: true });

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
