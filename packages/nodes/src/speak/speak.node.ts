import { defineNode, field, StepError, textOf } from '@patchbay/node-kit';
import * as z from 'zod';
import { able } from '../media/capability.ts';
import { fileName } from '../media/file-name.ts';

export const speakNode = defineNode({
  type: 'speak',
  version: 1,
  category: 'media',
  icon: 'volume-2',
  words: {
    title: { en: 'Text to speech', 'zh-Hans': '文字转语音' },
    summary: { en: 'Reads a text aloud into an audio file.', 'zh-Hans': '把文本朗读成音频文件。' },
    synonyms: ['TTS', 'voice', 'read aloud', 'say', 'audio', 'narrate', '朗读', '配音', '语音合成', '播报', '声音'],
  },
  config: z.strictObject({
    model: field.model({
      title: { en: 'Model', 'zh-Hans': '模型' },
      help: { en: 'Automatic: the first connection that can speak.', 'zh-Hans': '自动：第一个能朗读的连接。' },
    }),
    voice: field.plain({
      title: { en: 'Voice', 'zh-Hans': '音色' },
      help: {
        en: 'By the provider’s name, such as alloy or Kore. Empty: its usual one.',
        'zh-Hans': '填写服务商的音色名，如 alloy、Kore。留空用默认音色。',
      },
    }),
    instructions: field.text({
      title: { en: 'How to speak', 'zh-Hans': '朗读方式' },
      placeholder: { en: 'Slowly and friendly', 'zh-Hans': '缓慢、亲切' },
    }),
    format: field.choice(
      {
        title: { en: 'Format', 'zh-Hans': '格式' },
        options: [
          { value: 'auto', title: { en: 'as the model likes', 'zh-Hans': '由模型决定' } },
          { value: 'mp3', title: { en: 'MP3', 'zh-Hans': 'MP3' } },
          { value: 'wav', title: { en: 'WAV', 'zh-Hans': 'WAV' } },
          { value: 'opus', title: { en: 'Opus', 'zh-Hans': 'Opus' } },
        ],
        advanced: true,
      },
      'auto',
    ),
  }),
  ports: {
    inputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true }],
    outputs: [{ id: 'audio', title: { en: 'Audio', 'zh-Hans': '音频' }, type: 'audio' }],
  },
  essence: ({ voice }) => voice,
  repeatable: true,
  examples: [
    {
      name: { en: 'A hummed sentence of the demo model', 'zh-Hans': '演示模型哼出的句子' },
      config: { model: 'demo/auto' },
      inputs: { text: 'Good morning' },
      outputs: { audio: { file: 'file_00000000000000000000000000', mediaType: 'audio/wav', name: 'speech.wav' } },
    },
  ],
  async run({ config: { model, voice, instructions, format }, inputs }, ctx) {
    const text = await textOf(inputs['text']);
    if (text.trim() === '') throw new StepError('invalid_input', 'nothing_to_speak');
    const { audio } = await able(
      ctx.models.speech,
      'speech',
      model,
    )({
      model,
      text,
      voice: voice.trim() === '' ? undefined : voice.trim(),
      instructions: instructions.trim() === '' ? undefined : instructions,
      format: format === 'auto' ? undefined : format,
    });
    return { audio: await ctx.files.save({ ...audio, name: fileName('speech', audio.mediaType) }) };
  },
});
