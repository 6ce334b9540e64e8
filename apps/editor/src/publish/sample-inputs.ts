import type { Json } from '@patchbay/flow';
import { checkInputs, type FlowField, isList, itemType } from '@patchbay/node-kit';

/**
 * Inputs a call can be shown with: each field's value of the example, else its own example, else its default,
 * else, where one is needed, a plain value of its type. What does not fit the field is passed over.
 */
export function sampleInputs(fields: readonly FlowField[], example: Record<string, Json> | undefined, text: string): Record<string, Json> {
  return Object.fromEntries(
    fields.flatMap((field): [string, Json][] => {
      const given = example !== undefined && Object.hasOwn(example, field.id) ? example[field.id] : undefined;
      const plain = field.required ? [plainValue(field, text)] : [];
      const value = [given, field.example, field.default, ...plain].find((candidate) => stands(field, candidate));
      return value === undefined || value === null ? [] : [[field.id, value]];
    }),
  );
}

function stands(field: FlowField, value: Json | undefined): boolean {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return false;
  return checkInputs([field], Object.fromEntries([[field.id, value]])).ok;
}

function plainValue({ type, options }: FlowField, text: string): Json {
  const item = plainItem(itemType(type), options, text);
  return isList(type) ? [item] : item;
}

/** A grey pixel, and files that are as short as they can be: enough for a call to be well formed. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';
const media = {
  image: { mediaType: 'image/png', base64: pixel },
  audio: { mediaType: 'audio/wav', base64: 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=' },
  video: { mediaType: 'video/mp4', base64: 'AAAAGGZ0eXBpc29tAAAAAGlzb21tcDQy' },
  file: { mediaType: 'text/plain', base64: 'SGVsbG8=', name: 'hello.txt' },
};

function plainItem(type: ReturnType<typeof itemType>, options: readonly string[], text: string): Json {
  switch (type) {
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'choice':
      return options[0] ?? text;
    case 'data':
      return {};
    case 'chat':
      return [{ role: 'user', content: text }];
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return media[type];
    default:
      return text;
  }
}
