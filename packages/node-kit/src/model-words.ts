import type { Words } from '@patchbay/flow';

const chooseOther: Words = { en: 'Choose a model that can.', 'zh-Hans': '请选择支持此功能的模型。' };

/** Sentences for what a provider cannot do, and for tools it asked for in a way nobody can read. */
export const modelWords: Readonly<Record<string, { message: Words; fix?: Words }>> = {
  no_embed: {
    message: { en: '{provider} cannot turn text into vectors.', 'zh-Hans': '{provider} 无法将文本转换为向量。' },
    fix: chooseOther,
  },
  no_image: { message: { en: '{provider} cannot make images.', 'zh-Hans': '{provider} 无法生成图片。' }, fix: chooseOther },
  no_speech: { message: { en: '{provider} cannot read text aloud.', 'zh-Hans': '{provider} 无法朗读文本。' }, fix: chooseOther },
  no_transcribe: { message: { en: '{provider} cannot write down speech.', 'zh-Hans': '{provider} 无法转写语音。' }, fix: chooseOther },
  no_rerank: {
    message: { en: '{provider} cannot sort texts by how well they fit.', 'zh-Hans': '{provider} 无法按相关度排序文本。' },
    fix: chooseOther,
  },
  no_moderate: {
    message: { en: '{provider} cannot judge whether a text is harmful.', 'zh-Hans': '{provider} 无法判断文本是否有害。' },
    fix: chooseOther,
  },
  media_not_taken: {
    message: { en: '{provider} takes no {mediaType} in a message.', 'zh-Hans': '{provider} 的消息不支持 {mediaType}。' },
    fix: chooseOther,
  },
  unsupported: {
    message: {
      en: 'The model “{model}” of {provider} cannot do this: {message}',
      'zh-Hans': '{provider} 的模型“{model}”不支持此功能：{message}',
    },
    fix: chooseOther,
  },
  malformed_tool_call: {
    message: { en: 'The model asked for the tool “{tool}” in a way nobody can read.', 'zh-Hans': '模型调用工具“{tool}”的参数无法读取。' },
    fix: { en: 'Try again, or choose another model.', 'zh-Hans': '请再试一次，或选择其他模型。' },
  },
  plugin_missing: {
    message: { en: 'The plug-in “{plugin}” is not installed.', 'zh-Hans': '插件“{plugin}”尚未安装。' },
    fix: { en: 'Install it with “pnpm plugin:{plugin}”.', 'zh-Hans': '请运行“pnpm plugin:{plugin}”进行安装。' },
  },
  local_model_failed: {
    message: { en: 'The local model “{model}” could not do this.', 'zh-Hans': '本地模型“{model}”无法完成此操作。' },
    fix: {
      en: 'Look whether its files are whole, and whether the text is what it takes.',
      'zh-Hans': '请检查其文件是否完整，以及文本是否符合该模型的要求。',
    },
  },
  local_labels_differ: {
    message: {
      en: 'The local model “{model}” knows other labels than this step: {labels}.',
      'zh-Hans': '本地模型“{model}”的标签与此步骤的标签不同：{labels}。',
    },
    fix: { en: 'Give the labels of the step these names or titles.', 'zh-Hans': '请将此步骤的标签改为这些名称或标题。' },
  },
  local_needs_image: {
    message: {
      en: 'The local model “{model}” judges images, and was given none.',
      'zh-Hans': '本地模型“{model}”用于识别图片，但未收到图片。',
    },
    fix: chooseOther,
  },
  local_only_vectors: {
    message: {
      en: 'The local model “{model}” turns text into vectors; it cannot answer.',
      'zh-Hans': '本地模型“{model}”只能将文本转换为向量，无法回答。',
    },
    fix: chooseOther,
  },
  local_no_vectors: {
    message: { en: 'The local model “{model}” cannot turn text into vectors.', 'zh-Hans': '本地模型“{model}”无法将文本转换为向量。' },
    fix: chooseOther,
  },
};
