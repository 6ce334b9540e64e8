import { locked, sampleDocx, samplePdf } from '@patchbay/host/testing';
import { expect, test } from 'vitest';
import { chunksOf } from './chunks.ts';
import { csvText } from './csv-text.ts';
import { sectionsOf } from './sections.ts';
import { documentKinds, kindOfName, textOfFile } from './text-of-file.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ['notes.txt', 'text'],
  ['READ.ME.MD', 'markdown'],
  ['page.htm', 'html'],
  ['list.csv', 'csv'],
  ['手册.markdown', 'markdown'],
  ['photo.png', undefined],
  ['no ending', undefined],
  ['.toString', undefined],
])('%s is read as %s', (name, kind) => expect(kindOfName(name)).toBe(kind));

test('every kind of text reads words', async () => {
  for (const kind of documentKinds.filter((one) => one !== 'pdf' && one !== 'docx'))
    expect((await textOfFile(kind, utf8('Hello 你好'))).text).toContain('Hello 你好');
});

test.each([
  ['UTF-8', utf8('年假 day')],
  ['UTF-8 with a mark', utf8('\uFEFF年假 day')],
  ['GB 18030', Uint8Array.from([0xc4, 0xea, 0xbc, 0xd9, 0x20, 0x64, 0x61, 0x79])],
  ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x74, 0x5e, 0x47, 0x50, 0x20, 0, 0x64, 0, 0x61, 0, 0x79, 0])],
])('reads %s', async (_, bytes) => expect((await textOfFile('text', bytes)).text).toBe('年假 day'));

test.each([
  ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), 'document_not_text'],
  ['bytes of no language', Uint8Array.from([0xff, 0xff, 0xff]), 'document_not_text'],
  ['nothing', utf8(' \n '), 'document_empty'],
])('refuses %s', async (_, bytes, reason) => {
  await expect(textOfFile('text', bytes)).rejects.toMatchObject({ errorClass: 'invalid_input', reason });
});

test('PDF and Word documents are taken apart, and what cannot be says why', { timeout: 60_000 }, async () => {
  expect((await textOfFile('pdf', samplePdf(['Wash the filter.', 'Dry it.']))).text).toMatch(/Wash the filter\.[\s\S]*Dry it\./);
  expect((await textOfFile('docx', sampleDocx({ text: '十把椅子。' }))).text).toContain('十把椅子。');
  await expect(textOfFile('pdf', samplePdf(['Secret'], locked))).rejects.toMatchObject({
    errorClass: 'invalid_input',
    reason: 'file_locked',
  });
  await expect(textOfFile('docx', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]))).rejects.toMatchObject({
    errorClass: 'invalid_input',
  });
});

test.each([
  ['html', `<p>${'<b> </b>'.repeat(60_000)}end</p>`],
  ['markdown', `# Title${' '.repeat(400_000)}x\n\nend`],
] as const)('spaces without end take no time: %s', { timeout: 20_000 }, async (kind, text) => {
  const { text: read } = await textOfFile(kind, utf8(text));
  expect([...chunksOf({ text: read, headed: true })].at(-1)?.text.endsWith('end')).toBe(true);
});

test('a page loses its tags and what nobody reads, and keeps headings, lists, tables and code', { timeout: 60_000 }, async () => {
  const page = `<title>T</title><style>p{}</style><nav>Menu</nav><h1>Care &amp; <em>use</em></h1>
    <p>Wash   the
    filter.<br>Dry it.</p><script>alert(1)</script><ul><li>One<li>Two</ul>
    <table><tr><th>Code<td>E1</table><template>hidden</template><pre># dry\nrun</pre>`;
  const { text, headed } = await textOfFile('html', utf8(page));
  expect({ text, headed }).toEqual({
    text: '# Care & use\n\nWash the filter.\nDry it.\n\n- One\n- Two\n\nCode\tE1\n\n```\n# dry\nrun\n```',
    headed: true,
  });
  expect([...sectionsOf({ text, headed })].map(({ headings }) => headings)).toEqual([[], ['Care & use']]);
});

test('a page made to keep its reader busy holds up nobody', { timeout: 120_000 }, async () => {
  let [turns, reading] = [0, true];
  const count = (): void => {
    turns += 1;
    if (reading) setTimeout(count, 1);
  };
  setTimeout(count, 1);
  const read = await textOfFile('html', utf8(`<p>before${'<b> </b>'.repeat(40_000)}after`));
  reading = false;
  expect(read.text).toBe('before after');
  expect(turns).toBeGreaterThan(3);
});

test('who stops waiting for a file that is taken apart is let go at once', async () => {
  const stop = new AbortController();
  const reading = textOfFile('html', utf8('<p>One'), stop.signal);
  stop.abort();
  await expect(reading).rejects.toMatchObject({ errorClass: 'cancelled' });
  await expect(textOfFile('pdf', samplePdf(['One']), stop.signal)).rejects.toMatchObject({ errorClass: 'cancelled' });
});

test('a table becomes lines that say what their values are', async () => {
  expect(await csvText('Name;Price;Note\nTea;3;\n"Milk; cold";2;"a\nb"')).toBe(
    'Name: Tea; Price: 3\nName: Milk; cold; Price: 2; Note: a b',
  );
  expect(await csvText('Name,Price')).toBe('Name; Price');
  expect(await csvText('a,b\n1,2,3')).toBe('a: 1; b: 2; 3');
});

test('a table with an open quote says where', async () => {
  await expect(textOfFile('csv', utf8('a,b\n"1,2'))).rejects.toMatchObject({ reason: 'csv_open_quote', params: { row: 2 } });
});

test('others have their turn while a large table is read', async () => {
  let [turns, reading] = [0, true];
  const count = (): void => {
    turns += 1;
    if (reading) setImmediate(count);
  };
  setImmediate(count);
  await textOfFile('csv', utf8('name,price\n'.repeat(200_000)));
  reading = false;
  expect(turns).toBeGreaterThan(3);
});
