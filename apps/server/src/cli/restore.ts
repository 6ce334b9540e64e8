import { parseArgs } from 'node:util';
import { restore as restoreData, type SecretsCheck, userPath } from '@patchbay/services';
import { dataFolderOf } from './data-folder.ts';
import { progressOf } from './progress.ts';
import { type ExitCode, exitCodes, type Terminal, UsageError } from './terminal.ts';

const options = { data: { type: 'string' }, keys: { type: 'string' }, force: { type: 'boolean', default: false } } as const;

/** `restore`: puts a backup in the place of the data of a stopped server. */
export async function restore(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('restore needs one file: the backup.');
  const { environment, workingFolder } = terminal;
  const dataFolder = dataFolderOf(values.data, terminal);
  const restored = await restoreData({
    file: userPath(file, environment, workingFolder),
    dataFolder,
    environment,
    keyFile: values.keys === undefined ? undefined : userPath(values.keys, environment, workingFolder),
    replace: values.force,
    onProgress: progressOf(terminal),
  });
  terminal.out(`Restored ${restored.flows} flows and ${restored.runs} runs into ${dataFolder}.`);
  if (restored.before !== undefined) terminal.out(`The data that was there is kept in ${restored.before}.`);
  for (const line of aboutSecrets(restored.secrets, dataFolder)) terminal.error(line);
  return exitCodes.done;
}

function aboutSecrets({ opened, locked, missingKeyIds }: SecretsCheck, dataFolder: string): string[] {
  const lines = opened === 0 ? [] : [`Stored connections that open with the keys there are: ${opened}.`];
  if (locked.length === 0) return lines;
  const key = missingKeyIds.length === 0 ? 'their data key' : `the master key ${missingKeyIds.join(', ')}`;
  return [
    ...lines,
    `These stored connections do not open: ${locked.join(', ')}. Missing is ${key}. Restore once more with --keys and --force, put the key file to ${dataFolder}/secret-keys.json, or set PATCHBAY_SECRET_KEY; otherwise enter these connections anew.`,
  ];
}
