import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { holdFile } from './hold-file.ts';
import { StorageError } from './storage-error.ts';
import { scratchFolder } from './testing.ts';

test('a file is held once, and again when it was let go', () => {
  const file = join(scratchFolder(), 'new', 'one.lock');
  const leave = holdFile(file);
  expect(leave).toBeDefined();
  expect(holdFile(file)).toBeUndefined();
  leave?.();
  const again = holdFile(file);
  expect(again).toBeDefined();
  again?.();
});

test('a process that is killed leaves no lock behind', { timeout: 60_000 }, async () => {
  const file = join(scratchFolder(), 'one.lock');
  const source = new URL('./hold-file.ts', import.meta.url).href;
  const script = `const { holdFile } = await import(${JSON.stringify(source)});
    console.log(holdFile(${JSON.stringify(file)}) === undefined ? 'refused' : 'held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  expect(line).toBe('held');
  expect(holdFile(file)).toBeUndefined();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(file)).toBe(true);
  const leave = holdFile(file);
  expect(leave).toBeDefined();
  leave?.();
});

test('where there can be no file, a sentence says so', () => {
  const file = join(scratchFolder(), 'file');
  writeFileSync(file, '');
  expect(() => holdFile(join(file, 'one.lock'))).toThrow(StorageError);
});
