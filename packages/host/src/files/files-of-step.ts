import {
  type Files,
  fileLimitBytes,
  fileValue,
  isFileValue,
  isInlineFile,
  type Json,
  StepError,
  type StepHandle,
} from '@patchbay/node-kit';
import type { FileStore } from './file-store.ts';
import { sniff } from './sniff.ts';
import { FileTextError } from './text/file-text-error.ts';
import type { FileContent } from './text/parse-file.ts';
import { textOfFile } from './text/text-of-file.ts';

/** A file opened: its bytes, and what these are. */
type Opened = FileContent & { mediaType: string };

/**
 * Files as one step sees them. A value that names a file is looked up in the run's own workspace; one that holds its content
 * is read as it is, and where there is no store, what steps make travels like that too.
 */
export function filesOfStep({ signal }: Pick<StepHandle, 'signal'>, store: FileStore | undefined, workspace: string): Files {
  const open = async (value: Json): Promise<Opened> => {
    if (isFileValue(value)) return openStored(store, workspace, value.file);
    if (!isInlineFile(value)) throw new StepError('invalid_input', 'not_a_file');
    const bytes = Buffer.from(value.base64, 'base64');
    if (bytes.length > fileLimitBytes) throw new StepError('invalid_input', 'file_too_big', { limit: fileLimitBytes / 1024 / 1024 });
    const name = typeof value['name'] === 'string' ? value['name'] : undefined;
    return { bytes, name, mediaType: sniff(bytes, { mediaType: value.mediaType, name }) };
  };

  return {
    open: async (value, kind) => {
      const { bytes, mediaType, name } = await open(value);
      if (kind !== undefined && !mediaType.startsWith(`${kind}/`)) throw new StepError('invalid_input', `file_not_${kind}`, { mediaType });
      return { type: 'media', mediaType, base64: Buffer.from(bytes).toString('base64'), name };
    },
    save: async ({ mediaType, base64, name }) => {
      if (store === undefined) return { mediaType, base64, ...(name === undefined ? {} : { name }) };
      const info = await store.save(workspace, { bytes: Buffer.from(base64, 'base64'), mediaType, name }).catch(() => {
        throw new StepError('internal', 'file_not_kept');
      });
      return { ...fileValue(info) };
    },
    text: async (value, { pages } = {}) => {
      const content = await open(value);
      return textOfFile(content, { pages, signal }).catch((error: unknown) => {
        if (!(error instanceof FileTextError)) throw error;
        throw new StepError('invalid_input', `file_${error.fault}`, error.params);
      });
    },
  };
}

async function openStored(store: FileStore | undefined, workspace: string, id: string): Promise<Opened> {
  const found = await store?.read(workspace, id);
  if (found === undefined) throw new StepError('invalid_input', 'file_gone', { days: store?.keptDays ?? 0 });
  const { info, bytes } = found;
  return { bytes, mediaType: info.mediaType, name: info.name ?? undefined };
}
