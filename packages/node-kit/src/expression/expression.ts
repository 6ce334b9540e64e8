import type { ParseResult } from '@marcbachmann/cel-js';
import type { Json } from '@patchbay/flow';
import { expressionWords, faultParams, noFunction, tooLong } from '../author-fault-words.ts';
import { StepError } from '../step-error.ts';
import { mostSteps, sizesOf } from './cost.ts';
import { environmentOf, settleCalls } from './environment.ts';
import { resultToJson } from './to-json.ts';

/** An expression of an author in CEL (Common Expression Language), parsed once. The only way any is evaluated. */
export interface Expression {
  /** Throws StepError `invalid_input`: what went wrong and where, or that it could take too long on these values. */
  evaluate(values: Readonly<Record<string, Json>>): Json;
}

/** What is wrong with an expression in every language and in the library's words, with its place counted from 1. */
export type ExpressionFault = Record<string, string | number> & { problem: string; line: number; column: number };

/** Longest expression, in UTF-16 units, and the most steps one evaluation may take. */
export const expressionLimit = 10_000;
export const expressionSteps = 1_000_000;

const kept = 200;
const compiled = new Map<string, Expression>();

/** Compiles an expression over variables of these names. Throws StepError `invalid_input` with the place of what cannot be read. */
export function compileExpression(source: string, names: readonly string[]): Expression {
  const key = `${names.join(' ')}\n${source}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const expression = compile(source, names);
  if (compiled.size >= kept) compiled.delete(compiled.keys().next().value as string);
  compiled.set(key, expression);
  return expression;
}

/** What is wrong with an expression before it is run, or nothing. */
export function expressionFault(source: string, names: readonly string[]): ExpressionFault | undefined {
  try {
    compileExpression(source, names);
    return undefined;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return { ...faultParams(error.reason, tooLong), line: 1, column: 1, ...error.params } as ExpressionFault;
  }
}

function compile(source: string, names: readonly string[]): Expression {
  if (source.length > expressionLimit) throw new StepError('invalid_input', 'text_too_long', { limit: expressionLimit });
  let parsed: ParseResult;
  try {
    parsed = environmentOf(names).parse(source);
  } catch (error) {
    throw faultOf(error, source);
  }
  const refused = settleCalls(parsed.ast);
  if (refused !== undefined) {
    const params = faultParams(`There is no ${refused.name}() here`, noFunction, refused.name);
    throw placed(params, refused.node.start, source);
  }
  const { valid, error } = parsed.check();
  if (!valid) throw faultOf(error, source);
  return {
    evaluate: (values) => {
      const given = new Map(names.map((name): [string, Json] => [name, Object.hasOwn(values, name) ? (values[name] as Json) : null]));
      if (mostSteps(parsed.ast, sizesOf(given.values())) > expressionSteps)
        throw new StepError('invalid_input', 'expression_too_much', { limit: expressionSteps });
      try {
        return resultToJson(parsed(given as never));
      } catch (failure) {
        throw failure instanceof StepError ? failure : faultOf(failure, source);
      }
    },
  };
}

/** The library's errors by their shape; anything else it throws is told by its message. */
function faultOf(error: unknown, source: string): StepError {
  if (typeof error === 'object' && error !== null && 'cause' in error && error.cause instanceof StepError) return error.cause;
  const { summary, message = '', code, range } = error as { summary?: string; message?: string; code?: string; range?: Range };
  const near = range === undefined ? '' : source.slice(range.start, range.end);
  return placed(faultParams(summary ?? message, expressionWords(code, near), near), range?.start ?? 0, source);
}

interface Range {
  start: number;
  end: number;
}

function placed(params: Record<string, string>, at: number, source: string): StepError {
  const before = source.slice(0, at).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return new StepError('invalid_input', 'bad_expression', { ...params, line: before.length, column });
}
