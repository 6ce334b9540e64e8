/**
 * Why the store could not do what was asked. `busy` passes by itself, `full` when space returns; `conflict` is a
 * unique value that is taken; `closed` comes of what is still asked when the process ends; the others are refusals to open a file.
 */
export type StorageReason = 'busy' | 'full' | 'conflict' | 'corrupt' | 'newer' | 'unreadable' | 'closed';

export class StorageError extends Error {
  readonly reason: StorageReason;

  constructor(reason: StorageReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StorageError';
    this.reason = reason;
  }
}

const reasons: readonly [RegExp, StorageReason][] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'busy'],
  [/^SQLITE_(FULL|IOERR)/, 'full'],
  [/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/, 'conflict'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'corrupt'],
  [/^SQLITE_(CANTOPEN|READONLY|PERM|AUTH)/, 'unreadable'],
];

/** The driver's error in our terms; anything else as it came. */
export function toStorageError(error: unknown): unknown {
  if (isClosed(error)) return new StorageError('closed', 'closed', error);
  const code = driverCode(error);
  const found = code === undefined ? undefined : reasons.find(([pattern]) => pattern.test(code));
  if (found === undefined || code === undefined) return error;
  return new StorageError(found[1], code, error);
}

/** The driver has no code for it. */
const isClosed = (error: unknown): boolean =>
  error instanceof Error && (/^The database connection is not open/.test(error.message) || isClosed(error.cause));

/** drizzle wraps the driver's error; its code then stands one cause deeper. */
function driverCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && at.code.startsWith('SQLITE_')) return at.code;
  }
  return undefined;
}
