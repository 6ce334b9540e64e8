import { parseArgs } from 'node:util';
import { type Backup, backUp, userPath } from '@patchbay/services';
import { dataFolderOf } from './data-folder.ts';
import { progressOf } from './progress.ts';
import { type ExitCode, exitCodes, type Terminal, UsageError } from './terminal.ts';

const options = { data: { type: 'string' }, force: { type: 'boolean', default: false } } as const;

/** `backup`: copies the data beside a running server. The path of the copy alone goes to standard output. */
export async function backup(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw new UsageError('backup needs one file or folder to write to.');
  const { environment, workingFolder } = terminal;
  const made = await backUp({
    dataFolder: dataFolderOf(values.data, terminal),
    environment,
    target: userPath(target, environment, workingFolder),
    replace: values.force,
    onProgress: progressOf(terminal),
  });
  terminal.error(`Copied ${made.flows} flows and ${made.runs} runs (${mebibytes(made.bytes)}); the copy was read through and is whole.`);
  terminal.error(aboutKeys(made));
  terminal.out(made.file);
  return exitCodes.done;
}

const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

function aboutKeys({ keys, masterKeyIds }: Backup): string {
  const needed = `Its stored connections are sealed by ${masterKeyIds.join(', ')}, which is not in the backup`;
  switch (keys.place) {
    case 'none':
      return 'It holds no stored connections, so it needs no master key.';
    case 'file':
      return `${needed} but in ${keys.path}. Keep a copy of that file in another place: the connections do not open without it.`;
    case 'setting':
      return `${needed} but in PATCHBAY_SECRET_KEY. Keep that in another place: the connections do not open without it.`;
    case 'missing':
      return `${needed}, nor in the data folder or PATCHBAY_SECRET_KEY. Without it the connections do not open, here or restored.`;
  }
}
