import { field } from '@patchbay/node-kit';

/** The model to ask; every node that asks one has this field under the same name. */
export const modelField = field.model({ title: { en: 'Model', 'zh-Hans': '模型' } });

/** Further wishes of the author, sent with our own instructions. */
export const instructionsField = field.longText({
  title: { en: 'Further instructions', 'zh-Hans': '补充说明' },
  placeholder: { en: 'What the model should also mind.', 'zh-Hans': '模型还需要注意什么。' },
  advanced: true,
});
