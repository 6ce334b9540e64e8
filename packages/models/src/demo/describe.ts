import { imageSize } from '../image-size.ts';
import type { ChatMessage, MediaPart } from '../interface.ts';
import { type DemoLanguage, excerpt, languageOf } from './language.ts';
import { replies } from './replies.ts';

const kinds = {
  en: { image: 'an image', video: 'a video', audio: 'a recording', other: 'a file' },
  zh: { image: '一张图片', video: '一段视频', audio: '一段录音', other: '一个文件' },
};

const words = {
  en: {
    nothing: 'There is no image or video in the question.',
    lead: (count: number) => (count === 1 ? 'This is' : `These are ${count} files:`),
    shape: { wide: 'wider than it is high', high: 'higher than it is wide', square: 'as wide as it is high' },
    size: (width: number, height: number, shape: string) => `${width} × ${height} pixels, ${shape}`,
    blind: 'The demo model cannot see: it only reads the size and the kind of a file.',
    asked: (question: string) => `You asked: “${question}”`,
    stop: '.',
    comma: ', ',
  },
  zh: {
    nothing: '问题中没有图片或视频。',
    lead: (count: number) => (count === 1 ? '这是' : `这是 ${count} 个文件：`),
    shape: { wide: '横向', high: '纵向', square: '方形' },
    size: (width: number, height: number, shape: string) => `${width} × ${height} 像素，${shape}`,
    blind: '演示模型看不见内容，只能读取文件的尺寸和类型。',
    asked: (question: string) => `您问的是：“${question}”`,
    stop: '。',
    comma: '，',
  },
};

/** What rules can tell of what was shown, and that it is no more than that. */
export function describe(messages: readonly ChatMessage[], question: string, wanted?: string): string {
  const shown = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content)).filter((part) => part.type === 'media');
  const language = wanted === undefined ? languageOf(question === '' ? 'a' : question) : wanted.startsWith('zh') ? 'zh' : 'en';
  const say = words[language];
  if (shown.length === 0) return say.nothing;
  const facts = shown.map((part) => factsOf(part, language)).join(language === 'en' ? '; ' : '；');
  const lines = [
    `${say.lead(shown.length)}${language === 'en' ? ' ' : ''}${facts}${say.stop}`,
    question === '' ? '' : say.asked(excerpt(question, 120)),
    say.blind,
    replies[language].signature,
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

function factsOf({ mediaType, base64, name }: MediaPart, language: DemoLanguage): string {
  const say = words[language];
  const [family = ''] = mediaType.split('/');
  const kind = kinds[language][family === 'image' || family === 'video' || family === 'audio' ? family : 'other'];
  const size = family === 'image' ? imageSize(base64) : undefined;
  const facts = [`${kind} (${mediaType})`, name ?? ''];
  if (size !== undefined) {
    const { width, height } = size;
    facts.push(say.size(width, height, say.shape[width > height ? 'wide' : width < height ? 'high' : 'square']));
  }
  return facts.filter((fact) => fact !== '').join(say.comma);
}
