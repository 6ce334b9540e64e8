import { isAbsolute, join, resolve } from 'node:path';

/** What environment variables say, checked. `docs/settings.md` has the table. */
export interface Settings {
  port: number;
  /** A loopback address. */
  host: string;
  /** Absolute path of the data folder. */
  dataFolder: string;
  logLevel: (typeof logLevels)[number];
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** A setting that cannot be used. The message is a sentence for the person who started us. */
export class SettingsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SettingsError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

export function readSettings(environment: Environment, workingFolder: string): Settings {
  return {
    port: readPort(environment['PORT']),
    host: readHost(environment['HOST']),
    dataFolder: readDataFolder(environment, workingFolder),
    logLevel: readLogLevel(environment['PATCHBAY_LOG_LEVEL']),
  };
}

function readLogLevel(text: string | undefined): Settings['logLevel'] {
  if (text === undefined || text.trim() === '') return 'info';
  const level = logLevels.find((name) => name === text.trim().toLowerCase());
  if (level !== undefined) return level;
  throw new SettingsError(`PATCHBAY_LOG_LEVEL is “${text}”, but it is one of ${logLevels.join(', ')}.`);
}

function readPort(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return 4_000;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text.trim()) && port <= 65_535) return port;
  throw new SettingsError(`PORT is “${text}”, but a port is a number from 0 to 65535.`);
}

/** Without accounts, whoever reaches the port is the owner: so only this machine may reach it. */
function readHost(text: string | undefined): string {
  const host = text === undefined || text.trim() === '' ? '127.0.0.1' : text.trim();
  if (host === 'localhost' || host === '::1' || /^127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(host)) return host;
  throw new SettingsError(
    `HOST is “${host}”, but Patchbay has no accounts yet and whoever reaches it may do everything. It listens only on this machine: use 127.0.0.1, ::1 or localhost, or leave HOST out. To reach it from elsewhere, use an SSH tunnel.`,
  );
}

/** Relative to where the command was started, also under `pnpm`, which changes the working directory. */
function readDataFolder(environment: Environment, workingFolder: string): string {
  const folder = environment['PATCHBAY_DATA'];
  return userPath(folder === undefined || folder.trim() === '' ? 'data' : folder, environment, workingFolder);
}

export function userPath(path: string, environment: Environment, workingFolder: string): string {
  return isAbsolute(path) ? path : resolve(join(environment['INIT_CWD'] ?? workingFolder, path));
}
