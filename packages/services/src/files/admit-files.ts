import type { FileStore } from '@patchbay/host';
import {
  type FileInfo,
  type FlowField,
  fileLimitBytes,
  fileValue,
  type InputError,
  isFileValue,
  isInlineFile,
  isList,
  itemType,
  type Json,
  labelParams,
  typeParams,
} from '@patchbay/node-kit';
import { ServiceError } from '../service-error.ts';

const media: ReadonlySet<string> = new Set(['image', 'audio', 'video', 'file']);

export const takesFiles = (fields: readonly Pick<FlowField, 'type'>[]): boolean => fields.some(({ type }) => media.has(itemType(type)));

/** Files whose content may come along with one request: each is written and waited for. */
export const mostFilesAtOnce = 200;

export type Admitted = { ok: true; values: Record<string, Json> } | { ok: false; errors: InputError[] };

/**
 * Checked inputs with every file as a reference into the caller's workspace: content that came along is stored, and an id is
 * looked up there, so that what a caller says of a file is never believed.
 */
export async function admitFiles(
  store: FileStore,
  workspaceId: string,
  { fields, values }: { fields: readonly FlowField[]; values: Record<string, Json> },
): Promise<Admitted> {
  const brought = fields.reduce((sum, { id }) => sum + [values[id]].flat().filter((value) => isInlineFile(value ?? null)).length, 0);
  if (brought > mostFilesAtOnce) throw new ServiceError('invalid_input', 'files_too_many', { params: { limit: mostFilesAtOnce } });
  const errors: InputError[] = [];
  const admitted = { ...values };
  for (const field of fields) {
    const value = values[field.id] ?? null;
    if (!media.has(itemType(field.type)) || value === null) continue;
    const items = isList(field.type) && Array.isArray(value) ? value : [value];
    const done: Json[] = [];
    for (const [index, item] of items.entries()) {
      const one = await admitOne(store, workspaceId, field, item);
      if ('file' in one) done.push({ ...one });
      else errors.push({ ...one, pointer: `/${field.id}${isList(field.type) ? `/${index}` : ''}` });
    }
    admitted[field.id] = isList(field.type) ? done : (done[0] ?? null);
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values: admitted };
}

async function admitOne(store: FileStore, workspaceId: string, field: FlowField, value: Json) {
  const refused = (reason: InputError['reason'], params: InputError['params'] = {}): Omit<InputError, 'pointer'> => ({
    reason,
    params: { ...labelParams('input', field.id, field.title), ...params },
  });
  const info = isFileValue(value) ? await store.look(workspaceId, value.file) : await keep(store, workspaceId, value);
  if (info === 'too_big') return refused('file_too_big', { limit: fileLimitBytes / 1024 / 1024 });
  if (info === undefined) return refused('file_missing', { days: store.keptDays });
  const kind = itemType(field.type);
  if (kind !== 'file' && !info.mediaType.startsWith(`${kind}/`)) {
    return refused('other_media', { ...typeParams('expected', kind), mediaType: info.mediaType });
  }
  return fileValue(info);
}

async function keep(store: FileStore, workspaceId: string, value: Json): Promise<FileInfo | 'too_big' | undefined> {
  if (!isInlineFile(value)) return undefined;
  const bytes = Buffer.from(value.base64, 'base64');
  if (bytes.length > fileLimitBytes) return 'too_big';
  const name = typeof value['name'] === 'string' ? value['name'] : undefined;
  return store.save(workspaceId, { bytes, mediaType: value.mediaType, name });
}
