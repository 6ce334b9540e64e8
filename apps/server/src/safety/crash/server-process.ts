import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The whole test run builds first and names what it built here: that starts ten times faster than the sources. */
export const program = process.env['PATCHBAY_TEST_PROGRAM'] ?? fileURLToPath(new URL('../../main.ts', import.meta.url));

/** The real program on a port of its own. */
export interface ServerProcess {
  url: string;
  pid: number;
  /** Memory held, in MiB; NaN where the system does not tell. */
  memoryMiB(): number;
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
  /** The exit code; null when a signal killed it. */
  exited: Promise<number | null>;
}

export async function startServer(dataFolder: string, environment: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [program, 'start'], {
    env: { ...process.env, PATCHBAY_LOG_LEVEL: 'silent', ...environment, PORT: '0', PATCHBAY_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    url: await addressOf(child),
    pid: child.pid ?? 0,
    memoryMiB: () => readMemory(child.pid ?? 0),
    signal: (name) => void child.kill(name),
    exited,
  };
}

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    });
  });

function readMemory(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return Number.NaN;
  }
}
