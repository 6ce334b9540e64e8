import { spawn } from 'node:child_process';
import { runProgram } from '../../cli/program.ts';
import { program } from './server-process.ts';

export interface Ended {
  /** Null where a signal killed it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Command {
  kill(): void;
  ended: Promise<Ended>;
}

/** A command of the real program, in a process of its own. */
export function startCommand(args: string[], environment: Record<string, string> = {}): Command {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, PATCHBAY_LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (bytes) => {
    stdout += bytes;
  });
  child.stderr.on('data', (bytes) => {
    stderr += bytes;
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  return { kill: () => void child.kill('SIGKILL'), ended };
}

/** The same without a process of its own, which is quicker where nothing is killed and nothing runs beside it. */
export async function commandHere(args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  const out = (text: string): void => {
    stdout += `${text}\n`;
  };
  const error = (text: string): void => {
    stderr += `${text}\n`;
  };
  return { code: await runProgram(args, { out, error, environment, workingFolder: '/' }), stdout, stderr };
}

export const runCommand = (args: string[], environment: Record<string, string> = {}): Promise<Ended> =>
  startCommand(args, environment).ended;
