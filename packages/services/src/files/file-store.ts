import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, FileRow } from '@patchbay/db';
import { type FileStore, readCount, sniff } from '@patchbay/host';
import { type FileInfo, fileLimitBytes } from '@patchbay/node-kit';
import { ServiceError } from '../service-error.ts';

export interface FileSettings {
  /** Days after its last use that a file is kept. */
  keptDays: number;
  /** All files of a workspace together, in MiB. */
  mostMiB: number;
}

/** Throws EnvironmentError, whose message is a sentence, for a value that cannot be used. */
export const readFileSettings = (env: Readonly<Record<string, string | undefined>>): FileSettings => ({
  keptDays: readCount(env, 'PATCHBAY_FILES_KEPT_DAYS', 30),
  mostMiB: readCount(env, 'PATCHBAY_FILES_MAX_MIB', 10_240),
});

export interface FileStoreOptions extends FileSettings {
  folder: string;
  /** Opened after the host is made, which has this store. */
  rows: () => Database['files'];
  now: () => number;
  onTrouble: (code: string, error: unknown) => void;
}

const dayMs = 24 * 60 * 60 * 1_000;
const hourMs = 60 * 60 * 1_000;
/** Files that one look at what is old takes away. */
const mostAtOnce = 500;
const longestName = 200;

/**
 * Files on the disk beside the database, each under its id in the folder of its workspace; what is known of them stands in
 * rows. The row comes first, so that no content is ever left that no row knows; content that is missing is written again.
 */
export function createFileStore({ folder, rows, now, onTrouble, keptDays, mostMiB }: FileStoreOptions): FileStore {
  const placeOf = (workspaceId: string, id: string): string => join(folder, workspaceId, id);
  const looked = new Map<string, { at: number; done: Promise<void> }>();

  /** Once an hour. Whoever saves waits for it: a file that is just going must not be taken for one that is there. */
  function sweep(workspaceId: string): Promise<void> {
    const last = looked.get(workspaceId);
    if (last !== undefined && now() - last.at < hourMs) return last.done;
    const done = removeUnused(workspaceId).catch((error: unknown) => onTrouble('file_sweep', error));
    looked.set(workspaceId, { at: now(), done });
    return done;
  }

  async function removeUnused(workspaceId: string): Promise<void> {
    for (const id of await rows().listUnused(workspaceId, now() - keptDays * dayMs, mostAtOnce)) {
      await rm(placeOf(workspaceId, id), { force: true });
      await rows().delete(workspaceId, id);
    }
    await removeLeftovers(join(folder, workspaceId), now() - hourMs);
  }

  async function used(row: FileRow): Promise<FileInfo> {
    if (row.usedAt < now() - dayMs) await rows().touch(row.workspaceId, row.id, now());
    return infoOf(row);
  }

  async function write(place: string, bytes: Uint8Array): Promise<void> {
    const there = await stat(place).catch(() => undefined);
    if (there?.size === bytes.length) return;
    await mkdir(join(place, '..'), { recursive: true, mode: 0o700 });
    const part = `${place}.${randomBytes(6).toString('hex')}.part`;
    try {
      await writeFile(part, bytes, { mode: 0o600, flush: true });
      await rename(part, place);
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new ServiceError('storage_full', 'disk_full') : error;
    }
  }

  return {
    keptDays,
    look: async (workspaceId, id) => {
      const row = await rows().read(workspaceId, id);
      const there = row === undefined ? undefined : await stat(placeOf(workspaceId, id)).catch(missing);
      return row === undefined || there === undefined ? undefined : used(row);
    },
    read: async (workspaceId, id) => {
      const row = await rows().read(workspaceId, id);
      const bytes = row === undefined ? undefined : await readFile(placeOf(workspaceId, id)).catch(missing);
      return row === undefined || bytes === undefined ? undefined : { info: await used(row), bytes };
    },
    save: async (workspaceId, { bytes, mediaType, name }) => {
      if (bytes.length > fileLimitBytes)
        throw new ServiceError('too_large', 'file_too_big', { params: { limit: fileLimitBytes / 1024 / 1024 } });
      await sweep(workspaceId);
      if ((await rows().total(workspaceId)) + bytes.length > mostMiB * 1024 * 1024) {
        throw new ServiceError('storage_full', 'files_full', { params: { limit: mostMiB } });
      }
      const label = labelOf(name);
      const row = await rows().findOrCreate(workspaceId, {
        id: newFileId(),
        hash: createHash('sha256').update(bytes).digest('base64url'),
        mediaType: sniff(bytes, { mediaType, name: label }),
        name: label,
        size: bytes.length,
        createdAt: now(),
        usedAt: now(),
      });
      await write(placeOf(workspaceId, row.id), bytes);
      return infoOf(row);
    },
  };
}

const infoOf = ({ id, mediaType, size, name }: FileRow): FileInfo => ({ id, mediaType, size, name: name === '' ? null : name });

/** Without anything a terminal or a page could stumble over; folders that a name brings along say nothing. */
function labelOf(name = ''): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"]/gu, '')
    .trim()
    .slice(0, longestName);
}

/** All of it random: whoever knows an id may not know the next. */
function newFileId(): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  return `file_${[...randomBytes(26)].map((byte) => alphabet[byte & 31]).join('')}`;
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

/** Parts of files that were being written when the process ended. */
async function removeLeftovers(folder: string, before: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.part'))) {
    const at = await stat(join(folder, name)).catch(() => undefined);
    if (at !== undefined && at.mtimeMs < before) await rm(join(folder, name), { force: true });
  }
}
