import { parentPort } from 'node:worker_threads';
import { FileTextError } from './file-text-error.ts';
import { type FileContent, parseFile } from './parse-file.ts';
import type { TextAnswer } from './text-thread.ts';

/** A thread for one file: it takes it, answers, and is thrown away. */
parentPort?.once('message', async ({ content, pages }: { content: FileContent; pages?: number }) => {
  const answer: TextAnswer = await parseFile(content, pages).then(
    (read) => ({ read }),
    (error: unknown) => ({
      fault: error instanceof FileTextError ? error.fault : 'broken',
      params: error instanceof FileTextError ? error.params : {},
    }),
  );
  parentPort?.postMessage(answer);
});
