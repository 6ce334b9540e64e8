import { parentPort, workerData } from 'node:worker_threads';
import Driver from 'better-sqlite3';
import { createCheckpoints } from './checkpoints.ts';

export interface ThreadSetup {
  database: string;
  /** One number, shared: transactions committed so far. */
  commits: Int32Array;
}

/** How often it is looked whether there is something to do, in milliseconds. */
const lookMs = 100;

const { database, commits } = workerData as ThreadSetup;
const driver = new Driver(database, { timeout: 5_000, fileMustExist: true });
const checkpoints = createCheckpoints(driver, () => Atomics.load(commits, 0), Date.now);
const looking = setInterval(() => checkpoints.look(), lookMs);

parentPort?.on('message', () => {
  clearInterval(looking);
  driver.close();
  parentPort?.close();
});
