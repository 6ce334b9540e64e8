/** What the demo model says it heard: a short meeting, so that what is made of a transcript can be tried. It says what it is. */
const meetings = {
  en: [
    'Demo model: this is an example, nobody has listened to the recording.',
    'Mei: Good morning. Let us begin with the launch of the new chair.',
    'Tom: The photos are ready, but the product text is still missing. I will write it by Thursday.',
    'Mei: Then we move the launch from Monday to Wednesday. Does anybody object? No. That is decided.',
    'Ana: Two customers asked for a longer warranty. I will send them an offer by Friday.',
    'Mei: Good. Tom writes the text, Ana sends the offers. We meet again next Tuesday at ten.',
  ],
  zh: [
    '演示模型：这是一段示例，并没有人听过这段录音。',
    '小梅：早上好，我们先说新椅子的上市。',
    '阿东：照片准备好了，但产品文案还没有。我周四之前写好。',
    '小梅：那么上市从周一改到周三。有人反对吗？没有，就这么定了。',
    '安娜：有两位客户想要更长的保修。我周五之前给他们发报价。',
    '小梅：好。阿东写文案，安娜发报价。下周二十点再开会。',
  ],
};

export interface DemoTranscript {
  text: string;
  language: string;
  segments: { text: string; start: number; end: number }[];
}

const secondsEach = 6;

/** In Chinese where that is the language spoken, else in English. */
export function transcript(spoken: string | undefined): DemoTranscript {
  const language = spoken?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en';
  const lines = meetings[language];
  return {
    text: lines.join('\n'),
    language,
    segments: lines.slice(1).map((text, index) => ({ text, start: index * secondsEach, end: (index + 1) * secondsEach })),
  };
}
