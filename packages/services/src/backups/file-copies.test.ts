import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { downloadFile } from '../files/download-file.ts';
import { uploadFile } from '../files/upload-file.ts';
import { fixture } from '../testing.ts';
import { backUp } from './back-up.ts';
import { copyFilesOut, filesBeside, readyFiles } from './file-copies.ts';
import { restore } from './restore.ts';

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const write = (folder: string, name: string, text: string): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
};

test('files go with a backup and come back with it', { timeout: 60_000 }, async () => {
  const { ctx, dataFolder, services } = await fixture();
  const { file } = await uploadFile({ ctx, input: { bytes: new TextEncoder().encode('kept'), name: 'a.txt' } });
  const target = join(scratch(), 'copy.db');
  await backUp({ dataFolder, environment: {}, target, replace: false });
  const later = await uploadFile({ ctx, input: { bytes: new TextEncoder().encode('later') } });
  await services.close();
  const restored = await restore({ file: target, dataFolder, environment: {}, replace: true });
  expect(readdirSync(join(filesBeside(restored.before ?? ''), ctx.workspaceId)).sort()).toEqual([file, later.file].sort());
  const { services: next, ctx: there } = await fixture({}, { dataFolder });
  expect(new TextDecoder().decode((await downloadFile({ ctx: there, input: { id: file } })).bytes)).toBe('kept');
  await expect(downloadFile({ ctx: there, input: { id: later.file } })).rejects.toMatchObject({ code: 'not_found' });
  await next.close();
});

test('a backup that is written over has the files of its own time, and no half ones', () => {
  const [data, to] = [scratch(), join(scratch(), 'a.db')];
  write(join(filesBeside(to), 'ws'), 'old', 'old');
  write(join(data, 'files', 'ws'), 'new', 'new');
  write(join(data, 'files', 'ws'), 'new.x.part', 'half');
  copyFilesOut(data, to);
  expect(readdirSync(join(filesBeside(to), 'ws'))).toEqual(['new']);
  copyFilesOut(scratch(), to);
  expect(existsSync(filesBeside(to))).toBe(false);
});

test('nothing changes until the swap, and a backup without files changes nothing', () => {
  const [data, from] = [scratch(), join(scratch(), 'a.db')];
  write(join(data, 'files', 'ws'), 'here', 'here');
  readyFiles(from, data).swap(join(data, 'before.db'));
  expect(readFileSync(join(data, 'files', 'ws', 'here'), 'utf8')).toBe('here');
  write(join(filesBeside(from), 'ws'), 'theirs', 'theirs');
  const dropped = readyFiles(from, data);
  expect(existsSync(join(data, 'files.restoring'))).toBe(true);
  dropped.drop();
  expect(readdirSync(data)).toEqual(['files']);
  readyFiles(from, data).swap(undefined);
  expect(readdirSync(join(data, 'files', 'ws'))).toEqual(['theirs']);
});
