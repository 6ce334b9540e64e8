import type { ModelTask } from '../interface.ts';
import { wordsOf } from './language.ts';
import { otherWords, topics } from './topics.ts';

type ClassifyTask = Extract<ModelTask, { kind: 'classify' }>;
type Label = ClassifyTask['labels'][number];

export interface Verdict {
  label: string;
  /** 0 to 1. */
  confidence: number;
}

/** Counts which label's words stand in the text. Without any, the label that means "other", else the last. */
export function classify({ text, labels }: { text: string; labels: readonly Label[] }): Verdict {
  const haystack = ` ${wordsOf(text).join(' ')} `;
  const lower = text.toLowerCase();
  const scores = labels.map((label) => scoreOf(label, haystack, lower));
  const best = Math.max(0, ...scores);
  const total = scores.reduce((sum, score) => sum + score, 0);
  const winner = best === 0 ? fallback(labels) : labels[scores.indexOf(best)];
  if (winner === undefined) return { label: '', confidence: 0 };
  return { label: winner.id, confidence: best === 0 ? 0.3 : Math.round((0.5 + (0.49 * best) / (total + 0.5)) * 100) / 100 };
}

/** Every label with a word in the text, each with how sure that makes it; none where none has. */
export function classifyMany({ text, labels }: { text: string; labels: readonly Label[] }): Verdict[] {
  const haystack = ` ${wordsOf(text).join(' ')} `;
  const lower = text.toLowerCase();
  return labels.flatMap((label) => {
    const score = scoreOf(label, haystack, lower);
    return score === 0 ? [] : [{ label: label.id, confidence: Math.round((0.5 + (0.49 * score) / (score + 1)) * 100) / 100 }];
  });
}

const fallback = (labels: readonly Label[]): Label | undefined =>
  labels.find((label) => otherWords.test(label.id) || otherWords.test(label.title.trim())) ?? labels.at(-1);

function scoreOf(label: Label, haystack: string, lower: string): number {
  if (otherWords.test(label.id)) return 0;
  const named = `${label.id.replaceAll('_', ' ')} ${label.title}`.toLowerCase();
  const own = wordsOf(named).filter(isTelling);
  const hints = wordsOf(label.hint ?? '').filter(isTelling);
  const namedWords = ` ${wordsOf(named).join(' ')} `;
  const related = topics.filter((topic) => topic.some((word) => holds(word, namedWords, named))).flat();
  const weights = new Map<string, number>();
  for (const word of hints) weights.set(word, 1);
  for (const word of related) weights.set(word, 2);
  for (const word of own) weights.set(word, 3);
  let score = 0;
  for (const [word, weight] of weights) if (holds(word, haystack, lower)) score += weight;
  return score;
}

const isHan = (word: string): boolean => /\p{Script=Han}/u.test(word);
const common = new Set([
  'the',
  'and',
  'for',
  'with',
  'about',
  'from',
  'that',
  'this',
  'are',
  'not',
  'you',
  'your',
  'our',
  'is',
  'to',
  'of',
  'or',
  'in',
  'on',
  'an',
  'it',
  'my',
]);
const isTelling = (word: string): boolean => (isHan(word) ? word.length > 1 : word.length > 2 && !common.has(word));

/** Chinese is looked for anywhere; other scripts as whole words, also in their plural. */
function holds(word: string, words: string, lower: string): boolean {
  if (isHan(word)) return lower.includes(word);
  return words.includes(` ${word} `) || (word.length > 3 && words.includes(` ${word}s `)) || (word.includes("'") && lower.includes(word));
}
