import { isRecord, type Json } from '@patchbay/flow';
import { type FileValue, isFileValue } from '@patchbay/node-kit';
import { toBase64 } from '../run/to-base64.ts';
import { call, send } from './client.ts';

/** Stores a file of this device, and answers the value that stands for it. */
export function uploadFile(file: File, signal?: AbortSignal): Promise<FileValue> {
  const query = new URLSearchParams({ name: file.name, ...(file.type === '' ? {} : { type: file.type }) });
  return call<FileValue>(`/api/files?${query.toString()}`, { method: 'POST', bytes: file, signal });
}

/** A file in a flow's document goes where the flow goes, so it may have only so many bytes. */
export const flowFileLimit = 256 * 1024;

/** A file of this device with its content in the value. */
export async function contentOf(file: File): Promise<Json> {
  const base64 = toBase64(new Uint8Array(await file.arrayBuffer()));
  return { mediaType: file.type === '' ? 'application/octet-stream' : file.type, base64, name: file.name };
}

/** Inputs as an example keeps them: small files with their content, so that they are there as long as the flow is. */
export async function withContents(inputs: Record<string, Json>): Promise<Record<string, Json>> {
  const entries = Object.entries(inputs).map(async ([id, value]): Promise<[string, Json]> => {
    if (Array.isArray(value)) return [id, await Promise.all(value.map(withContent))];
    return [id, await withContent(value)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function withContent(value: Json): Promise<Json> {
  if (!isFileValue(value) || typeof value['size'] !== 'number' || value['size'] > flowFileLimit) return value;
  const response = await send(`/api/files/${value.file}`);
  const base64 = toBase64(new Uint8Array(await response.arrayBuffer()));
  const { mediaType, name } = value;
  return { mediaType: mediaType ?? 'application/octet-stream', base64, ...(isRecord(value) && typeof name === 'string' ? { name } : {}) };
}
