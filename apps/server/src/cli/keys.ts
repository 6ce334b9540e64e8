import { parseArgs } from 'node:util';
import { createKey, createKeyInput, localOwner, openServices, parseInput, readSettings } from '@patchbay/services';
import { version } from '../version.ts';
import { localeOfTerminal } from './locale.ts';
import { type ExitCode, exitCodes, type Terminal, UsageError } from './terminal.ts';

const options = {
  name: { type: 'string' },
  scope: { type: 'string', multiple: true },
  flow: { type: 'string', multiple: true },
} as const;

/** `keys create`: works beside a running server, on the same data. The key alone goes to standard output. */
export async function keys(args: string[], terminal: Terminal): Promise<ExitCode> {
  const [verb, ...rest] = args;
  if (verb !== 'create') throw new UsageError('keys knows one verb: create.');
  const { values } = parseArgs({ args: rest, options });
  if (values.name === undefined || values.scope === undefined) throw new UsageError('keys create needs --name and --scope.');
  const locale = localeOfTerminal(terminal);
  const scopes = values.scope.flatMap((scope) => scope.split(',')).map((scope) => scope.trim());
  const input = parseInput(
    createKeyInput,
    { name: values.name, scopes, ...(values.flow === undefined ? {} : { flows: values.flow }) },
    locale,
  );
  const { dataFolder } = readSettings({ ...terminal.environment, PORT: undefined, HOST: undefined }, terminal.workingFolder);
  const services = await openServices({ dataFolder, environment: {}, version, startsRuns: false });
  try {
    const made = await createKey({ ctx: localOwner(services.deps, locale), input });
    terminal.error(`The key “${made.name}” (${made.scopes.join(', ')}) is shown only now; keep it safe:`);
    terminal.out(made.key);
    return exitCodes.done;
  } finally {
    await services.close();
  }
}
