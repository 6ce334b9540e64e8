import { wordsOf } from './words-of.ts';

/** Words that ask rather than say what about; they stand everywhere. */
const empty = new Set(
  [
    'a an and are as at be been but by can could did do does for from had has have how i if in into is it its may me my of on or our shall',
    'she should so than that the their them then there these they this those to us was we were what when where which who whom whose why will with would you your he his her',
  ]
    .join(' ')
    .split(' ')
    .flatMap((word) => [...wordsOf(word)].map((placed) => placed.word)),
);

/** Signs and turns of phrase that Chinese questions are made with; what remains between them is what is asked about. */
const phrases =
  /什么时候|为什么|怎么办|怎么样|怎么弄|是什么|什么|怎么|怎样|如何|多少|多久|多长时间|几个|几年|几天|哪里|哪儿|哪个|谁|能不能|可不可以|可以|需要|应该|有没有|是不是|请问|吗|呢|吧|的|了|我|你|是|有|在|要|得/g;

/** Characters of a question that words are taken from, and how many of these: each is looked up in every base. */
export const longestQuestion = 4_000;
const mostWords = 256;

/** The words a question is searched by, each once. A question of empty words alone is searched by all of them. */
export function questionWords(question: string): string[] {
  const asked = question.slice(0, longestQuestion);
  const all = [...new Set([...wordsOf(asked)].map(({ word }) => word))];
  const told = [...new Set([...wordsOf(asked.replace(phrases, ' '))].map(({ word }) => word))].filter((word) => !empty.has(word));
  return (told.length > 0 ? told : all).slice(0, mostWords);
}
