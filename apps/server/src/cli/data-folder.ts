import { readSettings, userPath } from '@patchbay/services';
import type { Terminal } from './terminal.ts';

/** The data folder a command is about: the named one, else that of the settings. */
export function dataFolderOf(named: string | undefined, { environment, workingFolder }: Terminal): string {
  if (named !== undefined) return userPath(named, environment, workingFolder);
  return readSettings({ ...environment, PORT: undefined, HOST: undefined }, workingFolder).dataFolder;
}
