import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The built editor; the same place seen from `src` and from `dist`. */
export const editorFolder = fileURLToPath(new URL('../../editor/dist', import.meta.url));

export interface EditorFile {
  body: Uint8Array;
  type: string;
  /** Named by its content, so it may be kept for ever. */
  immutable: boolean;
  /** Compressed on first use; the file itself where compression does not pay. */
  gzipped(): Promise<Uint8Array>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};
const compressible = /^(?:text\/|application\/|image\/svg)/;
const compress = promisify(gzip);

/**
 * All files of the built editor by path. Read once: requests then name an entry of a map and never a path of the disk.
 */
export function readEditorFiles(folder: string): ReadonlyMap<string, EditorFile> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.flatMap((entry): [string, EditorFile][] => {
      const file = join(entry.parentPath, entry.name);
      const type = types[extname(entry.name)];
      if (type === undefined) return [];
      const path = `/${file
        .slice(folder.length + 1)
        .split(sep)
        .join('/')}`;
      return [[path, editorFile(readFileSync(file), type, path.startsWith('/assets/'))]];
    }),
  );
}

function editorFile(body: Uint8Array, type: string, immutable: boolean): EditorFile {
  let small: Promise<Uint8Array> | undefined;
  const worthIt = compressible.test(type) && body.length > 1_024;
  return {
    body,
    type,
    immutable,
    gzipped() {
      small ??= worthIt ? compress(body) : Promise.resolve(body);
      return small;
    },
  };
}
