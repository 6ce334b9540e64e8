import { FileTextError, textOfFile as textOfTakenApart } from '@patchbay/host';
import { StepError } from '@patchbay/node-kit';
import { csvText } from './csv-text.ts';
import type { DocumentText } from './document-text.ts';

/** A way to read one kind of file. */
interface Reader {
  /** What names of such files end in, in lower case. */
  endings: readonly string[];
  /** What takes long lets others have their turn in between. */
  read(bytes: Uint8Array): DocumentText | Promise<DocumentText>;
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Every kind of document that can be added; a new one is a line here. */
const readers = {
  text: { endings: ['txt', 'text', 'log'], read: (bytes) => ({ text: decode(bytes), headed: false }) },
  markdown: { endings: ['md', 'markdown'], read: (bytes) => ({ text: decode(bytes), headed: true }) },
  html: { endings: ['html', 'htm'], read: async (bytes) => ({ ...(await takenApart(bytes, 'text/html')), headed: true }) },
  csv: { endings: ['csv', 'tsv'], read: async (bytes) => ({ text: await csvText(decode(bytes)), headed: false }) },
  pdf: { endings: ['pdf'], read: (bytes) => takenApart(bytes, 'application/pdf') },
  docx: { endings: ['docx'], read: (bytes) => takenApart(bytes, wordType) },
} satisfies Record<string, Reader>;

export type DocumentKind = keyof typeof readers;
export const documentKinds = Object.keys(readers) as [DocumentKind, ...DocumentKind[]];

/** The kind by how the name ends; undefined where nobody can read such a file. */
export function kindOfName(name: string): DocumentKind | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return documentKinds.find((kind) => (readers[kind].endings as readonly string[]).includes(ending));
}

/** The text of a file. Rejects with StepError `invalid_input` where there is none. */
export async function textOfFile(kind: DocumentKind, bytes: Uint8Array): Promise<DocumentText> {
  const reader: Reader = readers[kind];
  const read = await reader.read(bytes);
  if (read.text.trim() === '') throw new StepError('invalid_input', 'document_empty');
  return read;
}

/** What is no text by itself has a thread of its own, with limits, to be read in. */
async function takenApart(bytes: Uint8Array, mediaType: string): Promise<DocumentText> {
  const { text } = await textOfTakenApart({ bytes, mediaType }).catch((error: unknown) => {
    if (!(error instanceof FileTextError)) throw error;
    throw new StepError('invalid_input', `file_${error.fault}`, error.params);
  });
  return { text, headed: false };
}

/** UTF-8, UTF-16 with a mark, else GB 18030, which older Chinese files are in. A file with zeros is none of these. */
function decode(bytes: Uint8Array): string {
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
  if (mark !== undefined) return new TextDecoder(mark).decode(bytes);
  if (bytes.subarray(0, 8_192).includes(0)) throw new StepError('invalid_input', 'document_not_text');
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not in this encoding; the next may do.
    }
  }
  throw new StepError('invalid_input', 'document_not_text');
}
