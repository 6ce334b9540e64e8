import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type BuiltChunk, leaksOf, loadBytes } from './bundle-fence.ts';

const chunk = (fileName: string, rest: Partial<BuiltChunk> = {}): BuiltChunk => ({
  fileName,
  code: 'export {}',
  isEntry: false,
  imports: [],
  facadeModuleId: null,
  moduleIds: [],
  ...rest,
});

test('server modules are named as leaks, the editor’s own packages are not', () => {
  const leaks = [
    '/x/packages/engine/src/index.ts',
    '/x/packages/services/src/index.ts',
    '/x/node_modules/undici/index.js',
    '__vite-browser-external',
  ];
  const fine = ['/x/packages/flow/src/index.ts', '/x/packages/nodes/src/index.ts', '/x/node_modules/react/index.js'];
  expect(leaksOf([chunk('a.js', { moduleIds: [...leaks, ...fine] })])).toEqual(leaks);
});

test('a page needs the entry, its own start and all they import, once each', () => {
  const one = loadBytes([chunk('main.js', { isEntry: true })], 'home');
  const chunks = [
    chunk('main.js', { isEntry: true, imports: ['shared.js'] }),
    chunk('start.js', { facadeModuleId: '/x/apps/editor/src/app/start.tsx', imports: ['shared.js'] }),
    chunk('home.js', { facadeModuleId: '/x/apps/editor/src/home/home-page.tsx' }),
    chunk('editor.js', { facadeModuleId: '/x/apps/editor/src/app/editor-page.tsx' }),
    chunk('shared.js', { imports: ['main.js'] }),
    chunk('codemirror.js'),
  ];
  expect(loadBytes(chunks, 'home')).toBe(4 * one);
  expect(loadBytes(chunks, 'openFlow')).toBe(4 * one);
});

test('a page is charged for its words in the language that has more of them, and for no other', () => {
  const chunks = [chunk('assets/main.js', { isEntry: true }), chunk('assets/codemirror.js')];
  const bare = loadBytes(chunks, 'home');
  const files = new Map([
    ['assets/main.en.json', '["short"]'],
    ['assets/main.zh-Hans.json', JSON.stringify([...'一二三四五六七八九十百千万天地人山水火风'])],
    ['assets/codemirror.en.json', JSON.stringify(['not needed here'])],
  ]);
  const charged = loadBytes(chunks, 'home', files) - bare;
  expect(charged).toBe(gzipSync(files.get('assets/main.zh-Hans.json') ?? '').length);
});
