import { htmlToText } from './html-text.ts';
import { readZip, writeZip } from './zip.ts';

const limits = { bytes: 50 * 1024 * 1024, parts: 5_000 };

/** Pictures and fonts are of no use for the text, and are not even unpacked. */
const isText = (name: string): boolean => /\.(?:xml|rels)$/i.test(name);

/** The text of a Word document: paragraphs, headings, lists and tables. */
export async function docxToText(bytes: Uint8Array): Promise<string> {
  // What the library reads is a copy that was unpacked within the limits, so that it cannot meet anything else.
  const checked = writeZip(readZip(bytes, limits, isText));
  const { default: mammoth } = await import('mammoth');
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(checked) },
    { convertImage: mammoth.images.imgElement(async () => ({ src: '' })), externalFileAccess: false },
  );
  return htmlToText(value);
}
