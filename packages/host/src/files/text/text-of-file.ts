import type { FileText } from '@patchbay/node-kit';
import { createTurns } from '../../code/turns.ts';
import { sniff } from '../sniff.ts';
import type { FileContent } from './parse-file.ts';
import { parseInThread, type ThreadLimits } from './text-thread.ts';

export interface TextOptions {
  /** Of a PDF only so many pages from the start; absent means all, and up to 2,000. */
  pages?: number | undefined;
  signal?: AbortSignal;
  limits?: Partial<ThreadLimits>;
}

/** Plain text that is no larger is read at once; what has to be taken apart, or is large, has a thread of its own. */
const small = 256 * 1024;
const usualLimits: ThreadLimits = { timeMs: 60_000, growth: 1024 * 1024 * 1024 };

const turns = createTurns(2, 200);
const never = new AbortController().signal;

/**
 * The text of a PDF, Word document, page, table or plain text, by what its bytes are. Encodings are found out (UTF-8,
 * UTF-16, GB 18030, Windows’ Latin). Rejects with FileTextError, whose `fault` says what is wrong with the file.
 */
export async function textOfFile(content: FileContent, { pages, signal = never, limits }: TextOptions = {}): Promise<FileText> {
  const mediaType = sniff(content.bytes, content);
  const plain = (mediaType.startsWith('text/') && mediaType !== 'text/html') || mediaType === 'application/json';
  if (plain && content.bytes.length <= small) return (await import('./parse-file.ts')).parseFile(content);
  const done = await turns.enter(signal);
  try {
    return await parseInThread(content, pages, signal, { ...usualLimits, ...limits });
  } finally {
    done();
  }
}
