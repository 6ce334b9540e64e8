import { expect, test } from 'vitest';
import { docxParts, locked, packedZip, sampleDocx, samplePdf } from '../testing/sample-files.ts';
import { textOfFile } from './text-of-file.ts';
import { writeZip } from './zip.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
// A thread is started for each, on a machine that may be busy.
const slow = { timeout: 60_000 };

test('a PDF gives its text by pages', slow, async () => {
  const bytes = samplePdf(['Dear Ms (Lee),\nyour chair is on its way.', '', 'Page three']);
  expect(await textOfFile({ bytes })).toEqual({
    kind: 'pdf',
    pages: ['Dear Ms (Lee),\nyour chair is on its way.', '', 'Page three'],
    text: 'Dear Ms (Lee),\nyour chair is on its way.\n\nPage three',
  });
  expect((await textOfFile({ bytes }, { pages: 1 })).pages).toHaveLength(1);
});

test('a Word document gives headings, paragraphs and tables', slow, async () => {
  const bytes = sampleDocx({
    title: 'Offer',
    text: '十把椅子',
    rows: [
      ['Chair', '10'],
      ['Table', '1'],
    ],
  });
  expect(await textOfFile({ bytes, name: 'whatever.png', mediaType: 'image/png' })).toMatchObject({
    kind: 'docx',
    text: '# Offer\n\n十把椅子\n\nChair\t10\nTable\t1',
  });
});

test('pages and texts are read in their encoding', slow, async () => {
  const gb = Buffer.concat([encode('<html><meta charset="gbk"><p>'), Buffer.from('c4e3bac3', 'hex'), encode('</p>')]);
  expect(await textOfFile({ bytes: gb })).toMatchObject({ kind: 'html', text: '你好' });
  expect(await textOfFile({ bytes: encode('a,b\n1,2'), name: 'x.csv' })).toMatchObject({ kind: 'csv', text: 'a,b\n1,2' });
  expect(await textOfFile({ bytes: Buffer.from('d0d5c3fb', 'hex') })).toMatchObject({ kind: 'text', text: '姓名' });
  expect(await textOfFile({ bytes: encode('long '.repeat(100_000)) })).toMatchObject({ kind: 'text' });
});

const bomb = packedZip('word/document.xml', new Uint8Array(60 * 1024 * 1024), 100);
const bombWithTypes = Buffer.concat([bomb, encode('[Content_Types].xml')]);

test.each<[string, Uint8Array, Record<string, unknown>]>([
  ['a PDF with a password', samplePdf(['secret'], locked), { fault: 'locked' }],
  ['a PDF cut short', samplePdf(['x']).subarray(0, 60), { fault: 'broken' }],
  ['a PDF of pictures', samplePdf(['', '']), { fault: 'no_text' }],
  ['a PDF without end', samplePdf(Array.from({ length: 2_001 }, () => '')), { fault: 'too_many_pages', params: { limit: 2_000 } }],
  ['a Word document that unpacks to too much', bombWithTypes, { fault: 'too_large' }],
  [
    'a Word document without its main part',
    writeZip(new Map([...docxParts('')].map(([name, content]) => [name.replace('document.xml', 'x.bin'), content]))),
    { fault: 'broken' },
  ],
  ['a Word document that nests without end', writeZip(docxParts('<w:sdt>'.repeat(200_000))), { fault: 'broken' }],
  ['a picture', encode('GIF89a'), { fault: 'kind', params: { mediaType: 'image/gif' } }],
  ['an old Word document', Buffer.from('d0cf11e0a1b11ae1', 'hex'), { fault: 'kind' }],
])('%s is refused', slow, async (_, bytes, error) => {
  await expect(textOfFile({ bytes })).rejects.toMatchObject(error);
});

test('a reading is stopped by its time, its memory and its caller', slow, async () => {
  const bytes = samplePdf(Array.from({ length: 50 }, () => 'x'));
  await expect(textOfFile({ bytes }, { limits: { timeMs: 1 } })).rejects.toMatchObject({ fault: 'too_slow' });
  await expect(textOfFile({ bytes }, { signal: AbortSignal.abort(new Error('left')) })).rejects.toMatchObject({ reason: 'asked' });
  const controller = new AbortController();
  const reading = textOfFile({ bytes }, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('left')), 5);
  await expect(reading).rejects.toMatchObject({ reason: 'asked' });
  expect((await textOfFile({ bytes })).pages).toHaveLength(50);
});
