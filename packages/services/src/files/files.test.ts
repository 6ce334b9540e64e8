import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localWorkspace } from '@patchbay/db';
import { expect, test } from 'vitest';
import { preparePublishedRun } from '../runs/prepare-run.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import { fixture } from '../testing.ts';
import { mostFilesAtOnce } from './admit-files.ts';
import { downloadFile } from './download-file.ts';
import { uploadFile } from './upload-file.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const dayMs = 24 * 60 * 60 * 1_000;

/** A flow that gives back what it takes. */
const passing = (type: string): string =>
  JSON.stringify({
    format: 'patchbay/flow',
    version: 1,
    name: 'Passing',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'it', title: 'It', type }] } },
      out: { type: 'output', config: { fields: [{ id: 'it', title: 'It', type }] } },
    },
    edges: [{ from: 'in.it', to: 'out.it' }],
    layout: {},
  });

test('a file is kept under a random id, as what its bytes are', async () => {
  const { ctx, dataFolder } = await fixture();
  const file = await uploadFile({ ctx, input: { bytes: png, name: '../../etc/ph\u202eoto".png', mediaType: 'text/html' } });
  expect(file).toEqual({
    file: expect.stringMatching(/^file_[0-9a-z]{26}$/),
    mediaType: 'image/png',
    size: png.length,
    name: 'photo.png',
    url: `/v1/files/${file.file}`,
  });
  const place = join(dataFolder, 'files', localWorkspace, file.file);
  expect(readFileSync(place)).toEqual(png);
  expect(statSync(place).mode & 0o777).toBe(0o600);
  expect(await downloadFile({ ctx, input: { id: file.file } })).toEqual({
    info: expect.objectContaining({ mediaType: 'image/png' }),
    bytes: png,
  });
  expect((await uploadFile({ ctx, input: { bytes: png, name: 'photo.png' } })).file).toBe(file.file);
  expect((await uploadFile({ ctx, input: { bytes: png } })).file).not.toBe(file.file);
});

test('files of another workspace, ids that are none, and files that are gone are not there', async () => {
  const { ctx, dataFolder } = await fixture();
  const { file } = await uploadFile({ ctx, input: { bytes: png } });
  for (const id of [`file_${'0'.repeat(26)}`, '../patchbay.db', '', 'file_']) {
    await expect(downloadFile({ ctx, input: { id } })).rejects.toMatchObject({ code: 'not_found', reason: 'no_file' });
  }
  await expect(downloadFile({ ctx: { ...ctx, workspaceId: 'ws_other' }, input: { id: file } })).rejects.toMatchObject({
    code: 'not_found',
  });
  rmSync(join(dataFolder, 'files', localWorkspace, file));
  await expect(downloadFile({ ctx, input: { id: file } })).rejects.toMatchObject({ code: 'not_found' });
  expect((await uploadFile({ ctx, input: { bytes: png } })).file).toBe(file);
  expect((await downloadFile({ ctx, input: { id: file } })).bytes).toEqual(png);
});

test('what nobody used for so many days goes, and halves of files with it', async () => {
  let now = Date.UTC(2026, 0, 1);
  const { ctx, dataFolder } = await fixture({ PATCHBAY_FILES_KEPT_DAYS: '10' }, { now: () => now });
  const folder = join(dataFolder, 'files', localWorkspace);
  const [old, used] = [
    await uploadFile({ ctx, input: { bytes: encode('old') } }),
    await uploadFile({ ctx, input: { bytes: encode('used') } }),
  ];
  writeFileSync(join(folder, 'file_x.part'), 'half');
  utimesSync(join(folder, 'file_x.part'), 0, 0);
  now += 9 * dayMs;
  await downloadFile({ ctx, input: { id: used.file } });
  now += 2 * dayMs;
  const fresh = await uploadFile({ ctx, input: { bytes: encode('fresh') } });
  expect(readdirSync(folder).sort()).toEqual([used.file, fresh.file].sort());
  await expect(downloadFile({ ctx, input: { id: old.file } })).rejects.toMatchObject({ code: 'not_found' });
});

test('a file has its limit, and a workspace has one', async () => {
  const { ctx, dataFolder } = await fixture({ PATCHBAY_FILES_MAX_MIB: '1' });
  const large = new Uint8Array(25 * 1024 * 1024 + 1);
  await expect(uploadFile({ ctx, input: { bytes: large } })).rejects.toMatchObject({ code: 'too_large', params: { limit: 25 } });
  await expect(uploadFile({ ctx, input: { bytes: large.subarray(0, 1024 * 1024 + 1) } })).rejects.toMatchObject({ code: 'storage_full' });
  expect(existsSync(join(dataFolder, 'files'))).toBe(false);
  await expect(
    uploadFile({ ctx: { ...ctx, actor: { kind: 'key', id: 'k', scopes: ['read'], flows: undefined } }, input: { bytes: png } }),
  ).rejects.toMatchObject({ code: 'forbidden' });
});

test('content in an input becomes a reference before the run begins, and no record holds it', async () => {
  const { ctx, publish, services } = await fixture();
  await publish(passing('image'), 'pass');
  const inputs = { it: { mediaType: 'image/gif', base64: png.toString('base64'), name: 'a.png' } };
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'pass', body: { inputs } } });
  const result = await runToEnd(ctx, prepared);
  expect(result.outputs['it']).toMatchObject({ mediaType: 'image/png', name: 'a.png', size: png.length });
  const row = await services.deps.database.runs.read(ctx.workspaceId, prepared.id);
  expect(row?.detail).not.toContain('iVBOR');
  // The same again by its id: what is said beside the id is not believed.
  const { file } = result.outputs['it'] as { file: string };
  const again = await preparePublishedRun({
    ctx,
    input: { slug: 'pass', body: { inputs: { it: { file, mediaType: 'image/webp', size: 1, url: 'http://x' } } } },
  });
  expect(again.inputs).toEqual({ it: result.outputs['it'] });
});

test.each([
  [
    'image',
    { mediaType: 'image/png', base64: Buffer.from('GIF no').toString('base64') },
    '“It” must be of this kind: image. The file is text/plain.',
  ],
  ['file', { file: `file_${'z'.repeat(26)}` }, '“It” names a file that is not there. Files are kept for 30 days.'],
  [
    'file',
    { file: '../../etc/passwd' },
    '“It” must be { file } with the id of an uploaded file, or { mediaType, base64, name? }, of this kind: file.',
  ],
  ['audio[]', [{ mediaType: 'audio/wav', base64: 'AAAA' }], '“It” must be of this kind: audio. The file is application/octet-stream.'],
])('%s refuses %j', async (type, it, message) => {
  const { ctx, publish } = await fixture();
  await publish(passing(type), 'pass');
  const refused = preparePublishedRun({ ctx, input: { slug: 'pass', body: { inputs: { it } } } });
  await expect(refused).rejects.toMatchObject({
    reason: 'inputs_invalid',
    errors: [{ pointer: expect.stringMatching(/^\/inputs\/it/), message }],
  });
});

test('a file that comes again while what is old is taken away stays', async () => {
  let now = Date.UTC(2026, 0, 1);
  const { ctx } = await fixture({ PATCHBAY_FILES_KEPT_DAYS: '10' }, { now: () => now });
  for (let turn = 0; turn < 5; turn += 1) {
    const old = encode(`old ${turn}`);
    await uploadFile({ ctx, input: { bytes: old } });
    now += 11 * dayMs;
    const [, again] = await Promise.all([
      uploadFile({ ctx, input: { bytes: encode(`new ${turn}`) } }),
      uploadFile({ ctx, input: { bytes: old } }),
    ]);
    expect((await downloadFile({ ctx, input: { id: again.file } })).bytes).toEqual(Buffer.from(old));
  }
});

test('so many files come with one request, and any number that are there is named', async () => {
  const { ctx, publish } = await fixture();
  await publish(passing('file[]'), 'pass');
  const brought = { mediaType: 'text/plain', base64: Buffer.from('x').toString('base64') };
  const prepare = (it: object[]) => preparePublishedRun({ ctx, input: { slug: 'pass', body: { inputs: { it } } } });
  await expect(prepare(Array.from({ length: mostFilesAtOnce + 1 }, () => brought))).rejects.toMatchObject({
    code: 'invalid_input',
    reason: 'files_too_many',
  });
  const { inputs } = await prepare([brought]);
  const [named] = inputs['it'] as object[];
  const all = await prepare(Array.from({ length: mostFilesAtOnce + 1 }, () => named ?? {}));
  expect(all.inputs['it']).toHaveLength(mostFilesAtOnce + 1);
});
