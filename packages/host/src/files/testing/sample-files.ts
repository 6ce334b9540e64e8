import { crc32, deflateRawSync } from 'node:zlib';
import { writeZip } from '../text/zip.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A PDF of one text a page, written by hand: numbered objects, and a table of where each begins. */
export function samplePdf(pages: readonly string[], extra = ''): Uint8Array {
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((text, index) => {
      const lines = text.split('\n').map((line) => `(${line.replaceAll(/[()\\]/g, '\\$&')}) Tj T*`);
      const stream = text === '' ? '' : `BT /F1 12 Tf 14 TL 72 720 Td ${lines.join(' ')} ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + index * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
      ];
    }),
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${extra} >>\nstartxref\n${table}\n%%EOF\n`;
  return encode(file);
}

/** A trailer that says the content is encrypted with a password nobody knows. */
export const locked = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (${'o'.repeat(32)}) /U (${'u'.repeat(32)}) >> /ID [(idididididididid) (idididididididid)]`;

const heading = (text: string): string => `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const table = (rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;

export const docxParts = (body: string): Map<string, Uint8Array> =>
  new Map(
    Object.entries({
      '[Content_Types].xml':
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      '_rels/.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
      'word/styles.xml':
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>',
    }).map(([name, text]): [string, Uint8Array] => [name, encode(text)]),
  );

/** A Word document of a heading, a paragraph and a table. */
export const sampleDocx = ({ title = 'Offer', text = 'Ten chairs.', rows = [['Chair', '10']] } = {}): Uint8Array =>
  writeZip(docxParts(heading(title) + paragraph(text) + table(rows)));

/** A zip with one packed part that claims any size. */
export function packedZip(name: string, content: Uint8Array, claimed = content.length): Uint8Array {
  const plain = Buffer.from(writeZip(new Map([[name, new Uint8Array()]])));
  const packed = deflateRawSync(content);
  const head = 30 + name.length;
  const [local, rest] = [Buffer.from(plain.subarray(0, head)), Buffer.from(plain.subarray(head))];
  for (const [piece, at] of [
    [local, 8],
    [rest, 10],
  ] as const) {
    piece.writeUInt16LE(8, at);
    piece.writeUInt32LE(crc32(content), at + 6);
    piece.writeUInt32LE(packed.length, at + 10);
    piece.writeUInt32LE(claimed, at + 14);
  }
  rest.writeUInt32LE(head + packed.length, rest.length - 6);
  return Buffer.concat([local, packed, rest]);
}
