import { readFileSync } from 'node:fs';
import { userPath } from '@patchbay/services';
import { type Terminal, WrongError } from './terminal.ts';

/** A file a person named, relative to where the command was started. */
export function readUserFile(path: string, { environment, workingFolder }: Terminal): string {
  const file = userPath(path, environment, workingFolder);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new WrongError(missing ? `There is no file ${file}.` : `The file ${file} cannot be read.`);
  }
}
