import { isRecord, type Json } from '@patchbay/flow';
import { typeParams } from './label.ts';
import { isFileId } from './media-value.ts';
import { isList, itemType, type PortType } from './port-type.ts';

/** Longest text of one value, in UTF-16 units. */
export const valueTextLimit = 10 * 1024 * 1024;

export const valueReasons = ['wrong_type', 'not_an_option', 'too_long', 'bad_media', 'bad_message'] as const;
/** What can be wrong with a value of a type. */
export type ValueReason = (typeof valueReasons)[number];

export interface ValueFault {
  /** RFC 6901 pointer inside the value; empty for the value itself. */
  pointer: string;
  reason: ValueReason;
  params: Record<string, string | number>;
}

/** The first thing wrong with a value for a type, or nothing. Null is no value: whether it may stand is the caller's question. */
export function valueFault(type: PortType, value: Json, options: readonly string[] = []): ValueFault | undefined {
  if (!isList(type)) return itemFault(type, value, options, '');
  if (!Array.isArray(value)) return wrongType(type, '');
  for (const [index, item] of value.entries()) {
    const fault = itemFault(itemType(type), item, options, `/${index}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function itemFault(type: PortType, value: Json, options: readonly string[], pointer: string): ValueFault | undefined {
  switch (type) {
    case 'text':
      return textFault(value, pointer);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : wrongType(type, pointer);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrongType(type, pointer);
    case 'choice':
      return choiceFault(value, options, pointer);
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return mediaFault(type, value, pointer);
    case 'chat':
      return chatFault(value, pointer);
    default:
      return undefined;
  }
}

const wrongType = (type: PortType, pointer: string): ValueFault => ({
  pointer,
  reason: 'wrong_type',
  params: typeParams('expected', type),
});

function textFault(value: Json, pointer: string): ValueFault | undefined {
  if (typeof value !== 'string') return wrongType('text', pointer);
  return value.length > valueTextLimit ? { pointer, reason: 'too_long', params: { limit: valueTextLimit } } : undefined;
}

function choiceFault(value: Json, options: readonly string[], pointer: string): ValueFault | undefined {
  if (typeof value !== 'string') return wrongType('choice', pointer);
  if (options.length === 0 || options.includes(value)) return undefined;
  return { pointer, reason: 'not_an_option', params: { options: options.join(', ').slice(0, 500) } };
}

const base64Pattern = /^[A-Za-z0-9+/]*={0,2}$/;
const mediaTypePattern = /^[a-z]{1,20}\/[a-zA-Z0-9.+-]{1,100}$/;

/** A stored file by its id, or `{ mediaType, base64, name? }`, the content without a prefix; of the kind the port is for. */
function mediaFault(type: 'image' | 'audio' | 'video' | 'file', value: Json, pointer: string): ValueFault | undefined {
  const bad = (key: string): ValueFault => ({ pointer: `${pointer}${key}`, reason: 'bad_media', params: typeParams('expected', type) });
  if (!isRecord(value)) return wrongType(type, pointer);
  const { mediaType, base64, name } = value;
  if (Object.hasOwn(value, 'file')) {
    if (!isFileId(value['file'])) return bad('/file');
    return type === 'file' || typeof mediaType !== 'string' || mediaType.startsWith(`${type}/`) ? undefined : bad('/mediaType');
  }
  if (typeof mediaType !== 'string' || !mediaTypePattern.test(mediaType)) return bad('/mediaType');
  if (type !== 'file' && !mediaType.startsWith(`${type}/`)) return bad('/mediaType');
  if (typeof base64 !== 'string' || base64.length % 4 !== 0 || !base64Pattern.test(base64)) return bad('/base64');
  if (base64.length > valueTextLimit) return { pointer: `${pointer}/base64`, reason: 'too_long', params: { limit: valueTextLimit } };
  return name === undefined || typeof name === 'string' ? undefined : bad('/name');
}

const roles = new Set<unknown>(['system', 'user', 'assistant']);

/** `[{ role, content }]`, the content a text or a list of parts. */
function chatFault(value: Json, pointer: string): ValueFault | undefined {
  if (!Array.isArray(value)) return wrongType('chat', pointer);
  for (const [index, message] of value.entries()) {
    const bad = (key: string): ValueFault => ({ pointer: `${pointer}/${index}${key}`, reason: 'bad_message', params: {} });
    if (!isRecord(message)) return bad('');
    if (!roles.has(message['role'])) return bad('/role');
    const { content } = message;
    if (typeof content !== 'string' && !(Array.isArray(content) && content.every(isPart))) return bad('/content');
    if (typeof content === 'string' && content.length > valueTextLimit) return bad('/content');
  }
  return undefined;
}

function isPart(part: unknown): boolean {
  if (!isRecord(part)) return false;
  if (part['type'] === 'text') return typeof part['text'] === 'string';
  return part['type'] === 'media' && typeof part['mediaType'] === 'string' && typeof part['base64'] === 'string';
}
