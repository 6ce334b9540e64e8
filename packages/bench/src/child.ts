import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A process of ours with the address it listens on. */
export interface Child {
  url: string;
  /** CPU time used so far, in milliseconds; NaN where the system does not tell. */
  cpuMs(): number;
  /** Memory held, in MiB; NaN where the system does not tell. */
  memoryMiB(): number;
  stop(): Promise<void>;
}

/** Starts a script and waits for the first line in which it says its address. */
export async function startChild(script: string, args: string[], env: Record<string, string>): Promise<Child> {
  const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it said its address`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    });
  });
  const pid = child.pid ?? 0;
  return { url, cpuMs: () => readCpu(pid), memoryMiB: () => readMemory(pid), stop: () => stop(child) };
}

/** User and system time are fields 14 and 15 of the stat file, in ticks of 10 ms (proc(5)). */
function readCpu(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

function readMemory(pid: number): number {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
