import { fillWords, isRecord, type Json, type Locale, pointerStep, type Words } from '@patchbay/flow';
import type { FlowField } from './face.ts';
import { labelParams } from './label.ts';
import { nearest } from './nearest.ts';
import { type ValueReason, valueFault } from './value.ts';

export type InputReason = ValueReason | FileReason | 'missing' | 'unknown_input' | 'unknown_input_like' | 'not_an_object';

/** Of files: not there (any more), of another kind than the input takes, too large. */
type FileReason = 'file_missing' | 'other_media' | 'file_too_big';

/** What is wrong with one given input. The sentence is made by `describeInputError`. */
export interface InputError {
  /** RFC 6901 pointer inside the inputs object. */
  pointer: string;
  reason: InputReason;
  params: Record<string, string | number>;
}

export type InputCheck = { ok: true; values: Record<string, Json> } | { ok: false; errors: InputError[] };

/**
 * Given inputs against a flow's fields. Answers a fresh object that holds every field: an optional one that is absent
 * has its default, else null. Names that are no inputs are refused, with the name that was probably meant.
 */
export function checkInputs(fields: readonly FlowField[], inputs: unknown): InputCheck {
  if (!isRecord(inputs)) return { ok: false, errors: [{ pointer: '', reason: 'not_an_object', params: {} }] };
  const errors: InputError[] = [];
  const values: Record<string, Json> = {};
  let known = 0;
  for (const field of fields) {
    const given = Object.hasOwn(inputs, field.id);
    if (given) known += 1;
    const value = (given ? inputs[field.id] : undefined) as Json | undefined;
    values[field.id] = value ?? field.default;
    const error = fieldError(field, value ?? null);
    if (error !== undefined) errors.push(error);
  }
  const names = Object.keys(inputs);
  if (names.length > known) errors.push(...unknownNames(fields, names));
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values };
}

function fieldError(field: FlowField, value: Json): InputError | undefined {
  const pointer = `/${pointerStep(field.id)}`;
  if (value === null) {
    if (!field.required || field.default !== null) return undefined;
    return { pointer, reason: 'missing', params: labelParams('input', field.id, field.title) };
  }
  const fault = valueFault(field.type, value, field.options);
  if (fault === undefined) return undefined;
  return {
    pointer: pointer + fault.pointer,
    reason: fault.reason,
    params: { ...labelParams('input', field.id, field.title), ...fault.params },
  };
}

/** Names listed at most; a body full of strange names needs no more. */
const listed = 20;

function unknownNames(fields: readonly FlowField[], names: readonly string[]): InputError[] {
  const known = new Set(fields.map((field) => field.id));
  return names
    .filter((name) => !known.has(name))
    .slice(0, listed)
    .map((name): InputError => {
      const like = nearest(name, known);
      const params = { input: name.slice(0, 100), nearest: like, known: [...known].join(', ').slice(0, 300) };
      return { pointer: `/${pointerStep(name.slice(0, 100))}`, reason: like === '' ? 'unknown_input' : 'unknown_input_like', params };
    });
}

const inputWords: Record<InputReason, Words> = {
  missing: { en: '“{input}” is required.', 'zh-Hans': '必须填写“{input}”。' },
  unknown_input: {
    en: 'There is no input “{input}”. This flow takes: {known}.',
    'zh-Hans': '没有名为“{input}”的输入。此流程接受：{known}。',
  },
  unknown_input_like: {
    en: 'There is no input “{input}”. Did you mean “{nearest}”?',
    'zh-Hans': '没有名为“{input}”的输入。是否指“{nearest}”？',
  },
  not_an_object: { en: 'Inputs must be an object with one field per input.', 'zh-Hans': '输入必须是对象，每个输入一个字段。' },
  wrong_type: { en: '“{input}” must be: {expected}.', 'zh-Hans': '“{input}”必须是：{expected}。' },
  not_an_option: { en: '“{input}” must be one of: {options}.', 'zh-Hans': '“{input}”必须是以下之一：{options}。' },
  too_long: { en: '“{input}” may have at most {limit} characters.', 'zh-Hans': '“{input}”最多 {limit} 个字符。' },
  bad_media: {
    en: '“{input}” must be { file } with the id of an uploaded file, or { mediaType, base64, name? }, of this kind: {expected}.',
    'zh-Hans': '“{input}”必须是带有已上传文件编号的 { file }，或 { mediaType, base64, name? }，且内容类型为：{expected}。',
  },
  file_missing: {
    en: '“{input}” names a file that is not there. Files are kept for {days} days.',
    'zh-Hans': '“{input}”指向的文件不存在。文件只保留 {days} 天。',
  },
  other_media: {
    en: '“{input}” must be of this kind: {expected}. The file is {mediaType}.',
    'zh-Hans': '“{input}”的内容类型必须是：{expected}。此文件是 {mediaType}。',
  },
  file_too_big: { en: '“{input}” is larger than {limit} MiB.', 'zh-Hans': '“{input}”超过 {limit} MiB。' },
  bad_message: {
    en: '“{input}” must be a list of messages { role, content } with the roles system, user or assistant.',
    'zh-Hans': '“{input}”必须是消息列表 { role, content }，角色为 system、user 或 assistant。',
  },
};

/** The sentence of an input's error in the reader's language. */
export const describeInputError = (error: InputError, locale: Locale): string => fillWords(inputWords[error.reason], error.params, locale);
