import type { Json } from '@patchbay/flow';
import { Liquid } from 'liquidjs';
import { faultParams, templateParams, tooLong } from './author-fault-words.ts';
import { StepError } from './step-error.ts';
import { templateOutputLimit, valueToText } from './template.ts';

/** Longest source, and milliseconds and counted characters that one rendering may use. */
const limits = { source: 100_000, renderMs: 500, memory: 2 * templateOutputLimit } as const;
/** Tags that read other templates; there are none, and nothing may look for them. */
const noTags = ['include', 'render', 'layout', 'block'];
/** Filters whose answer is another at each run. */
const noFilters = ['sample'];
/** Longest form of a date: its widths could ask for endless padding. */
const longestDateForm = 100;

const engine = createEngine();

function createEngine(): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    parseLimit: limits.source,
    renderLimit: limits.renderMs,
    memoryLimit: limits.memory,
    templates: {},
    outputEscape: (value: unknown) => valueToText(present(value)),
  });
  for (const name of noTags) delete liquid.tags[name];
  for (const name of noFilters) delete liquid.filters[name];
  boundDate(liquid);
  return liquid;
}

/** As a chip writes it: what is not there is nothing, in a list as well. */
function present(value: unknown): Json {
  return Array.isArray(value) ? value.map(present) : ((value ?? null) as Json);
}

/** The library's `date`, for forms a person writes: a width of a million would be a text of a million. */
function boundDate(liquid: Liquid): void {
  const { date } = liquid.filters;
  if (typeof date !== 'function') return;
  liquid.registerFilter('date', function (value: unknown, form?: unknown, ...rest: unknown[]) {
    if (typeof form === 'string' && (form.length > longestDateForm || /\d{3}/.test(form))) throw new Error('date: the form is too long');
    return date.call(this, value, form, ...rest) as unknown;
  });
}

/** A text that a template of an author in Liquid makes of values. The only way any is rendered. */
export interface LiquidTemplate {
  /** Throws StepError `invalid_input`: what went wrong and where, or that it grew too long or took too long. */
  render(values: Readonly<Record<string, Json>>): string;
}

const kept = 100;
const parsed = new Map<string, LiquidTemplate>();

/** Reads a template. Throws StepError `invalid_input` with the place of what cannot be read. */
export function parseLiquid(source: string): LiquidTemplate {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  const template = parse(source);
  if (parsed.size >= kept) parsed.delete(parsed.keys().next().value as string);
  parsed.set(source, template);
  return template;
}

function parse(source: string): LiquidTemplate {
  if (source.length > limits.source) throw new StepError('invalid_input', 'text_too_long', { limit: limits.source });
  const parts = guarded(() => engine.parse(source));
  return {
    render: (values) => {
      const text = guarded(() => engine.renderSync(parts, { ...values }) as string);
      if (text.length > templateOutputLimit) throw new StepError('invalid_input', 'text_too_long', { limit: templateOutputLimit });
      return text;
    },
  };
}

/** The library's errors by their shape, with the line and column they name. */
function guarded<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const {
      message = '',
      originalError,
      token,
    } = error as { message?: string; originalError?: Error; token?: { getPosition?(): number[] } };
    if (originalError instanceof StepError) throw originalError;
    const [line = 1, column = 1] = token?.getPosition?.() ?? [];
    const problem = originalError?.message ?? message.replace(/, line:\d+, col:\d+$/, '');
    if (/limit exceeded$/.test(problem)) throw new StepError('invalid_input', 'liquid_too_much', { line, column });
    throw new StepError('invalid_input', 'bad_liquid', { ...templateParams(problem), line, column });
  }
}

/** What is wrong with a template before it is run, in every language and in the library's words, with its place counted from 1. */
export function liquidFault(source: string): Record<string, string | number> | undefined {
  try {
    parseLiquid(source);
    return undefined;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return { ...faultParams(error.reason, tooLong), line: 1, column: 1, ...error.params };
  }
}
