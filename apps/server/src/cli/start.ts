import { claimDataFolder, openServices, readSettings, type Settings } from '@patchbay/services';
import { createApp } from '../app.ts';
import { editorFolder } from '../editor-files.ts';
import { createLog } from '../log.ts';
import { type Listening, listen } from '../serve.ts';
import { version } from '../version.ts';
import { type ExitCode, exitCodes, type Terminal, UsageError, WrongError } from './terminal.ts';

/** Answers under way get this long to end when the server is asked to stop. */
const graceMs = 25_000;

/** `start`: serves until a signal asks to stop. */
export async function start(args: string[], terminal: Terminal): Promise<ExitCode> {
  if (args.length > 0) throw new UsageError('start takes no arguments; settings are environment variables.');
  const { environment, workingFolder } = terminal;
  const settings = readSettings(environment, workingFolder);
  // Before anything of the data is touched: what a running server is at would be taken from it.
  const leave = claimDataFolder(settings.dataFolder);
  try {
    await serve(settings, terminal);
    return exitCodes.done;
  } finally {
    leave();
  }
}

async function serve(settings: Settings, { environment, out }: Terminal): Promise<void> {
  const log = createLog(settings.logLevel);
  const services = await openServices({
    dataFolder: settings.dataFolder,
    environment,
    version,
    checkpointsInThread: true,
    onTrouble: (code, error) => log.warn({ code, err: error }, 'trouble'),
    onLog: ({ level, message, ...fields }) => log[level](fields, message),
  });
  let port = settings.port;
  const app = createApp({ deps: services.deps, log, port: () => port, editorFolder });
  const server = await listenOrExplain(app, settings).catch(async (error: unknown) => {
    await services.close();
    throw error;
  });
  port = server.port;
  // Before it is told that we run: who reads that may ask to stop at once.
  const stopped = stopSignal();
  out(`Patchbay is running: http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`);
  out(`Data is kept in ${settings.dataFolder}. Press Ctrl+C to stop.`);
  await stopped;
  // What ends in time is answered; what is left of durable runs goes on at the next start.
  await Promise.all([services.drain(graceMs), server.stop(graceMs)]);
  await services.close();
}

async function listenOrExplain(app: Parameters<typeof listen>[0], { host, port }: Settings): Promise<Listening> {
  try {
    return await listen(app, host, port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new WrongError(
        `Port ${port} is in use, perhaps by another Patchbay. Stop that program, or choose a port: PORT=${port + 1} npm start`,
      );
    }
    if (code === 'EACCES') throw new WrongError(`Port ${port} may not be used by this user. Choose another: PORT=4000 npm start`);
    if (code === 'EADDRNOTAVAIL') throw new WrongError(`This machine has no address ${host}. Leave HOST out, or use 127.0.0.1.`);
    throw error;
  }
}

/** The first signal stops in order, the second at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (): void => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
