import * as z from 'zod';

// No code is made from text, and a page whose policy forbids it must not even see the attempt.
z.config({ jitless: true });

/** Any JSON value. What flows along edges, apart from media and streams, is this. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** True for what JSON can carry: no NaN, no `undefined`, no class instances. Depth is bounded by the readers. */
export function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return isRecord(value) && Object.values(value).every(isJson);
}

/** A plain object: what `{}` in JSON becomes. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Accepts JSON values and hands them on as they are; depth and size are bounded by the parser that reads the text. */
export const jsonSchema: z.ZodType<Json> = z.custom<Json>(isJson);

/** Reads a field a user's key names: own properties only, so that `constructor` is a key like any other. */
export function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
