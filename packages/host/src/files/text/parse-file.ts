import type { FileText } from '@patchbay/node-kit';
import { docxType, sniff } from '../sniff.ts';
import { decodeText } from './decode-text.ts';
import { docxToText } from './docx-text.ts';
import { FileTextError } from './file-text-error.ts';
import { htmlToText } from './html-text.ts';
import { pdfToPages } from './pdf-text.ts';
import { ZipError } from './zip.ts';

export interface FileContent {
  bytes: Uint8Array;
  /** What somebody says it is; the bytes decide. */
  mediaType?: string | undefined;
  name?: string | undefined;
}

/** Longest text of a file, in UTF-16 units. */
export const fileTextLimit = 8 * 1024 * 1024;

/** Reads a file here and now. Rejects with FileTextError. */
export async function parseFile({ bytes, mediaType, name }: FileContent, pages?: number): Promise<FileText> {
  const read = await parse(bytes, sniff(bytes, { mediaType, name }), pages);
  if (read.text.length > fileTextLimit) throw new FileTextError('too_long', { limit: fileTextLimit });
  // A picture of a text looks like one to a person; to us it is empty.
  if (read.text.trim() === '' && read.kind === 'pdf') throw new FileTextError('no_text');
  return read;
}

async function parse(bytes: Uint8Array, mediaType: string, pages: number | undefined): Promise<FileText> {
  if (mediaType === 'application/pdf') {
    const texts = await pdfToPages(bytes, pages);
    return { text: texts.filter((text) => text !== '').join('\n\n'), pages: texts, kind: 'pdf' };
  }
  if (mediaType === docxType) return whole(await docxToText(bytes).catch(refuseDocx), 'docx');
  if (mediaType === 'text/html') return whole(htmlToText(decodeText(bytes, saidCharset(bytes))), 'html');
  if (!mediaType.startsWith('text/') && mediaType !== 'application/json') throw new FileTextError('kind', { mediaType });
  const table = mediaType === 'text/csv' || mediaType === 'text/tab-separated-values';
  return whole(decodeText(bytes), table ? 'csv' : 'text');
}

const whole = (text: string, kind: FileText['kind']): FileText => ({ text, pages: [text], kind });

function refuseDocx(error: unknown): never {
  throw new FileTextError(error instanceof ZipError ? error.kind : 'broken');
}

/** The encoding a page says it is in, within its first kilobyte, as browsers look for it. */
function saidCharset(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 1_024));
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})/i.exec(start)?.[1];
}
