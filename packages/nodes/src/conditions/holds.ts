import { type Json, StepError, valueToText } from '@patchbay/node-kit';
import { readPath } from '../read-path.ts';
import type { Condition, Operator } from './condition.ts';
import { matchesPattern } from './matches-pattern.ts';
import { numberIn } from './number-in.ts';

interface Question {
  value: Json;
  condition: Condition;
}

/** Whether the conditions hold for a value. No conditions at all hold. */
export function hold(value: Json, match: 'all' | 'any', conditions: readonly Condition[]): boolean {
  if (conditions.length === 0) return true;
  return match === 'all' ? conditions.every((item) => holds(value, item)) : conditions.some((item) => holds(value, item));
}

function holds(value: Json, condition: Condition): boolean {
  // What is not there reads as empty: it is empty, it is not "Berlin", and it is neither more nor less than a number.
  return judges[condition.op]({ value: readPath(value, condition.path) ?? null, condition });
}

const judges: Record<Operator, (question: Question) => boolean> = {
  contains: (question) => texts(question, (text, wanted) => text.includes(wanted)),
  not_contains: (question) => !texts(question, (text, wanted) => text.includes(wanted)),
  is: (question) => texts(question, (text, wanted) => text === wanted),
  is_not: (question) => !texts(question, (text, wanted) => text === wanted),
  starts_with: (question) => texts(question, (text, wanted) => text.startsWith(wanted)),
  ends_with: (question) => texts(question, (text, wanted) => text.endsWith(wanted)),
  matches: ({ value, condition }) => matchesPattern(valueToText(value), condition.value, condition.matchCase),
  empty: ({ value }) => isEmpty(value),
  not_empty: ({ value }) => !isEmpty(value),
  equal: (question) => numbers(question, (number, wanted) => number === wanted),
  not_equal: (question) => !numbers(question, (number, wanted) => number === wanted),
  greater: (question) => numbers(question, (number, wanted) => number > wanted),
  at_least: (question) => numbers(question, (number, wanted) => number >= wanted),
  less: (question) => numbers(question, (number, wanted) => number < wanted),
  at_most: (question) => numbers(question, (number, wanted) => number <= wanted),
  between: (question) => numbers(question, (number, from) => number >= from && number <= written(question.condition.to)),
  yes: ({ value }) => truth(value) === true,
  no: ({ value }) => truth(value) === false,
  includes: (question) => includes(question),
  not_includes: (question) => !includes(question),
  count_equal: (question) => count(question.value) === written(question.condition.value),
  count_more: (question) => count(question.value) > written(question.condition.value),
  count_fewer: (question) => count(question.value) < written(question.condition.value),
};

function texts({ value, condition }: Question, judge: (text: string, wanted: string) => boolean): boolean {
  return judge(comparable(valueToText(value), condition), comparable(condition.value, condition));
}

const comparable = (text: string, { matchCase }: Condition): string => (matchCase ? text : text.toLowerCase()).normalize('NFC').trim();

function numbers({ value, condition }: Question, judge: (number: number, wanted: number) => boolean): boolean {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? numberIn(value) : undefined;
  return number !== undefined && judge(number, written(condition.value));
}

/** The number the author wrote, or a chip brought. */
function written(text: string): number {
  const number = numberIn(text);
  if (number === undefined) throw new StepError('invalid_input', 'not_a_number', { text: text.slice(0, 80) });
  return number;
}

function isEmpty(value: Json): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}

const yes = new Set(['true', 'yes', 'y', '1', 'on', '是', '对', '真']);
const no = new Set(['false', 'no', 'n', '0', 'off', '否', '不是', '错', '假']);

/** A yes/no value however it is written; undefined where it is neither. */
function truth(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = valueToText(value).trim().toLowerCase();
  return yes.has(text) ? true : no.has(text) ? false : undefined;
}

function includes({ value, condition }: Question): boolean {
  const wanted = comparable(condition.value, condition);
  return listOf(value).some((item) => comparable(valueToText(item), condition) === wanted);
}

const count = (value: Json): number => listOf(value).length;

/** One value is a list of one, nothing is a list of none. */
const listOf = (value: Json): Json[] => (Array.isArray(value) ? value : value === null ? [] : [value]);
