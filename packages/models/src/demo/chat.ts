import type { ChatMessage } from '../interface.ts';
import { lastUserText, textOfMessage } from '../messages.ts';
import { classify } from './classify.ts';
import { type DemoLanguage, excerpt, languageOf } from './language.ts';
import { replies, type Topic, topicLabels } from './replies.ts';
import { summarize } from './summarize.ts';
import { translate } from './translate.ts';

/** An honest answer by rule: does what the prompt plainly asks where it can, and always says what it is. */
export function chat(messages: readonly ChatMessage[]): string {
  const prompt = lastUserText(messages).slice(0, 100_000).trim();
  const language = languageOf(prompt);
  const words = replies[language];
  if (prompt === '') return words.empty;
  const { order, material } = splitPrompt(prompt);
  const role = messages.find((message) => message.role === 'system');
  const rules = `${role === undefined ? '' : textOfMessage(role)} ${order}`;

  if (/\b(?:summar|shorten|tl;?dr|key points)|总结|摘要|概括|要点/i.test(order)) return signed(summarize(material, 2), language);
  const target = /(?:translate|translation)\b.*?\b(?:in)?to ([A-Za-z]+)|(?:翻译|译)(?:成|为|到)\s*(\p{Script=Han}+?(?:文|语))/iu.exec(
    order,
  );
  if (target !== null) return signed(translate(material, target[1] ?? target[2] ?? ''), language);
  const wanted = /\b(?:repl(?:y|ies)|respond|support|customers?)\b|回复|答复|客服|客户/i.test(rules) || /\banswer\b/i.test(order);
  // A reply is written in the language of the customer, whatever the language of the order.
  if (wanted) return reply(material);
  return words.general(excerpt(material, 160));
}

function reply(message: string): string {
  const language = languageOf(message);
  const words = replies[language];
  return signed(`${words.thanks(excerpt(message, 120))}\n\n${words.about[topicOf(message)]}\n\n${words.regards}`, language);
}

const topicOf = (text: string): Topic => {
  const { label } = classify({ text, labels: topicLabels });
  return (topicLabels.find(({ id }) => id === label)?.id ?? 'other') as Topic;
};

const signed = (text: string, language: DemoLanguage): string => `${text}\n\n${replies[language].signature}`;

const fences = ['"""', '```'];
const quotes: readonly (readonly [open: string, close: string])[] = [
  ...fences.map((fence) => [fence, fence] as const),
  ['「', '」'],
  ['“', '”'],
];

/** What is to be done, and the text it is to be done with: a quoted block, or what follows a colon or a blank line. */
export function splitPrompt(prompt: string): { order: string; material: string } {
  for (const [open, close] of quotes) {
    const at = prompt.indexOf(open);
    if (at > 0 && prompt.endsWith(close) && at + open.length < prompt.length - close.length) {
      return { order: prompt.slice(0, at), material: prompt.slice(at + open.length, -close.length).trim() };
    }
  }
  for (const fence of fences) {
    const [before = '', material, after, ...more] = prompt.split(fence);
    // What an author adds below the block is part of the order, not of the text that somebody sent.
    if (before !== '' && material !== undefined && material.trim() !== '' && after !== undefined && more.length === 0)
      return { order: `${before.trimEnd()} ${after.trim()}`, material: material.trim() };
  }
  const end = prompt.indexOf('\n');
  const line = prompt.slice(0, Math.min(400, end === -1 ? prompt.length : end));
  const colon = /：|:(?=\s|$)/.exec(line)?.index ?? -1;
  const after = prompt.slice(colon + 1).trim();
  if (colon > 2 && after !== '') return { order: prompt.slice(0, colon), material: after };
  const block = prompt.indexOf('\n\n');
  if (block > 0 && block < 600) return { order: prompt.slice(0, block), material: prompt.slice(block).trim() };
  return { order: excerpt(prompt, 80), material: prompt };
}
