import { type Json, type Words, wordParams } from '@patchbay/flow';
import { StepError } from '../step-error.ts';
import { templateOutputLimit } from '../template.ts';

/** How deep a result may be nested. */
const depthLimit = 100;

/**
 * What an expression gave, as JSON: whole numbers become numbers, moments ISO 8601, durations seconds, types their names.
 * Throws StepError `invalid_input` for what JSON has no form for, and for a result over 8 Mi characters.
 */
export function resultToJson(result: unknown): Json {
  let left: number = templateOutputLimit;
  const spend = (length: number): void => {
    left -= length + 1;
    if (left < 0) throw new StepError('invalid_input', 'text_too_long', { limit: templateOutputLimit });
  };
  const read = (value: unknown, depth: number): Json => {
    if (depth > depthLimit) throw noJson('deep');
    spend(typeof value === 'string' ? value.length : 0);
    const plain = readPlain(value);
    if (plain !== undefined) return plain;
    if (Array.isArray(value)) return value.map((item) => read(item, depth + 1));
    const entries = value instanceof Map ? [...value] : Object.entries(value as object);
    return Object.fromEntries(
      entries.map(([key, item]): [string, Json] => {
        spend(String(key).length);
        return [String(key), read(item, depth + 1)];
      }),
    );
  };
  return read(result, 0);
}

function readPlain(value: unknown): Json | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint' || typeof value === 'number') return readNumber(Number(value));
  if (typeof value !== 'object') throw noJson('other');
  if (Array.isArray(value) || value instanceof Map || isPlainRecord(value)) return undefined;
  return readSpecial(value);
}

function readNumber(number: number): number {
  if (!Number.isFinite(number)) throw noJson('number');
  return number;
}

const isPlainRecord = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Values of the language's own: `google.protobuf.Duration`, `uint`, types, moments. */
function readSpecial(value: object): Json {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if ('seconds' in value && 'nanos' in value) return readNumber(Number(value.seconds) + Number(value.nanos) / 1e9);
  if ('value' in value && typeof value.value !== 'function') return readNumber(Number(value.value));
  if ('name' in value && typeof value.name === 'string') return value.name;
  throw noJson(value instanceof Uint8Array ? 'bytes' : 'other');
}

const kinds = {
  deep: { en: 'it is nested too deeply', 'zh-Hans': '嵌套过深' },
  number: { en: 'a number without a value', 'zh-Hans': '没有值的数字' },
  bytes: { en: 'bytes', 'zh-Hans': '字节数据' },
  other: { en: 'another kind of value', 'zh-Hans': '其他类型的值' },
} satisfies Record<string, Words>;

const noJson = (kind: keyof typeof kinds) => new StepError('invalid_input', 'result_no_json', wordParams('kind', kind, kinds[kind]));
