import { describeError, EnvironmentError, ServiceError, SettingsError, StorageError } from '@patchbay/services';
import { version } from '../version.ts';
import { localeOfTerminal } from './locale.ts';
import { type ExitCode, exitCodes, processTerminal, type Terminal, UsageError, WrongError } from './terminal.ts';
import { details, usage } from './usage.ts';

type Command = (args: string[], terminal: Terminal) => Promise<ExitCode>;

/** Each loaded when it is called, so that `check` does not wait for a database. */
const commands = new Map<string, () => Promise<Command>>([
  ['start', async () => (await import('./start.ts')).start],
  ['run', async () => (await import('./run.ts')).run],
  ['check', async () => (await import('./check.ts')).check],
  ['keys', async () => (await import('./keys.ts')).keys],
  ['backup', async () => (await import('./backup.ts')).backup],
  ['restore', async () => (await import('./restore.ts')).restore],
  ['secrets', async () => (await import('./secrets.ts')).secrets],
  ['doctor', async () => (await import('./doctor.ts')).doctor],
]);

/** The `patchbay` program. Answers the exit code: 0 done, 1 the flow or input is wrong, 2 usage, 3 the run failed. */
export async function runProgram(args: string[], terminal: Terminal = processTerminal()): Promise<ExitCode> {
  const [name = 'help', ...rest] = args;
  if (['help', '--help', '-h'].includes(name) || rest.includes('--help') || rest.includes('-h')) {
    terminal.out(details.get(name) ?? usage);
    return exitCodes.done;
  }
  if (name === '--version' || name === '-v') {
    terminal.out(version);
    return exitCodes.done;
  }
  const load = commands.get(name);
  if (load === undefined) {
    terminal.error(`There is no command “${name}”.\n\n${usage}`);
    return exitCodes.usage;
  }
  try {
    return await (await load())(rest, terminal);
  } catch (error) {
    return explain(error, terminal);
  }
}

function explain(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof UsageError || isArgumentError(error)) {
    terminal.error(`${error.message}\n\n${usage}`);
    return exitCodes.usage;
  }
  if (error instanceof WrongError || error instanceof SettingsError || error instanceof EnvironmentError || error instanceof StorageError) {
    terminal.error(error.message);
    return exitCodes.wrong;
  }
  if (error instanceof ServiceError) {
    const { document } = describeError(error, { locale: localeOfTerminal(terminal), instance: '' });
    terminal.error([document.detail, ...(document.errors ?? []).map(({ pointer, message }) => `  ${pointer}  ${message}`)].join('\n'));
    return exitCodes.wrong;
  }
  throw error;
}

/** What `parseArgs` throws for options it does not know. */
const isArgumentError = (error: unknown): error is Error =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
