import type { CopyProgress } from '@patchbay/services';
import type { Terminal } from './terminal.ts';

/** What is quicker than this is not worth a line. */
const everyMs = 1_000;

/** Says how far a copy is, once a second, to standard error. */
export function progressOf({ error }: Pick<Terminal, 'error'>, now: () => number = Date.now): (progress: CopyProgress) => void {
  let next = now() + everyMs;
  return ({ copiedPages, totalPages }) => {
    if (now() < next) return;
    next = now() + everyMs;
    error(`Copied ${Math.floor((100 * copiedPages) / Math.max(1, totalPages))} %.`);
  };
}
