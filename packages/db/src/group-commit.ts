import { attempt } from './attempt.ts';
import type { Connection } from './connection.ts';
import { toStorageError } from './storage-error.ts';

/** Rows in one transaction at most, so that one commit never holds the event loop for long. */
const batchLimit = 256;
/** How long a row waits for company at most. */
const gatherMs = 4;

interface Waiting<Row> {
  row: Row;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export interface GroupCommit<Row> {
  /** Settles when the transaction that holds the row has ended. */
  add(row: Row): Promise<void>;
  settled(): Promise<void>;
}

/**
 * Many runs, one commit. A lone row is written in the next turn of the event loop; while every turn brings more,
 * they gather for a few milliseconds. So nobody waits for company that does not come. With `toDisk`, what comes while
 * the disk is waited for gathers too.
 */
export function createGroupCommit<Row>(
  connection: Connection,
  insert: (row: Row) => void,
  { toDisk = false }: { toDisk?: boolean } = {},
): GroupCommit<Row> {
  let waiting: Waiting<Row>[] = [];
  let writing: Promise<void> | undefined;

  function add(row: Row): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting.push({ row, resolve, reject });
      writing ??= start();
    });
  }

  async function start(): Promise<void> {
    await gather();
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchLimit);
      waiting = waiting.slice(batchLimit);
      await write(batch);
      if (waiting.length > 0) await gather();
    }
    writing = undefined;
  }

  async function gather(): Promise<void> {
    const until = performance.now() + gatherMs;
    let seen: number;
    do {
      seen = waiting.length;
      await nextTurn();
    } while (waiting.length > seen && waiting.length < batchLimit && performance.now() < until);
  }

  async function write(batch: Waiting<Row>[]): Promise<void> {
    try {
      await attempt(() =>
        connection.transaction(() => {
          for (const { row } of batch) insert(row);
        }),
      );
    } catch (error) {
      // One bad row must not take the others with it.
      if (batch.length > 1) for (const one of batch) await write([one]);
      else batch[0]?.reject(toStorageError(error));
      return;
    }
    try {
      if (toDisk) await connection.flush();
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return {
    add,
    async settled() {
      while (writing !== undefined) await writing;
    },
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
