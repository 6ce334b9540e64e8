import { ServiceError, uploadLimitBytes } from '@patchbay/services';
import type { Context } from 'hono';
import type { Env } from '../environment.ts';
import { apiHeaders } from './headers.ts';

/** A file as a request brings it; its type and name are what the caller says. */
export interface SentFile {
  bytes: Uint8Array;
  mediaType: string | undefined;
  name: string | undefined;
}

/** What a form may have besides its files, in bytes. */
const formRoomBytes = 10 * 1024 * 1024;

export const isForm = (c: Context<Env>): boolean => /^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? '');

/** The body of a request that is one file, named by `?name=`. */
export async function readFileBody(c: Context<Env>): Promise<SentFile> {
  const bytes = await readBytes(c, uploadLimitBytes);
  if (bytes.length === 0) throw new ServiceError('invalid_input', 'file_empty');
  return { bytes, mediaType: c.req.query('type') ?? c.req.header('content-type'), name: c.req.query('name') };
}

export interface SentForm {
  files: [field: string, file: SentFile][];
  texts: [field: string, text: string][];
}

/** Parts of a form. Reading one takes about as long as reading a kilobyte, however little is in it. */
const mostParts = 1_000;

/** A form (RFC 7578) with its files. They are counted as they come, and all of them together may be one file of the greatest size. */
export async function readForm(c: Context<Env>): Promise<SentForm> {
  const bytes = await readBytes(c, uploadLimitBytes + formRoomBytes);
  const type = c.req.header('content-type') ?? '';
  demandFewParts(bytes, type);
  const headers = { 'content-type': type };
  const form = await new Response(bytes, { headers }).formData().catch(() => {
    throw new ServiceError('invalid_input', 'form_invalid');
  });
  const sent: SentForm = { files: [], texts: [] };
  for (const [field, part] of form.entries()) {
    if (typeof part === 'string') sent.texts.push([field, part]);
    else sent.files.push([field, { bytes: new Uint8Array(await part.arrayBuffer()), mediaType: part.type, name: part.name }]);
  }
  return sent;
}

/** Before the form is read, since reading it lets nobody else have a turn. */
function demandFewParts(bytes: Uint8Array, type: string): void {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? [];
  const mark = Buffer.from(`--${quoted ?? plain ?? ''}`, 'latin1');
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let parts = 0;
  for (let at = body.indexOf(mark); at !== -1; at = body.indexOf(mark, at + mark.length)) {
    parts += 1;
    // The last mark ends the last part.
    if (parts > mostParts + 1) throw new ServiceError('invalid_input', 'form_too_many_parts', { params: { limit: mostParts } });
  }
}

async function readBytes(c: Context<Env>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new ServiceError('too_large', 'file_too_big', { params: { limit: Math.floor(limit / 1024 / 1024) } });
  if (c.req.header('content-encoding') !== undefined) throw new ServiceError('unsupported', 'not_bytes');
  if (Number(c.req.header('content-length') ?? 0) > limit) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of c.req.raw.body ?? []) {
    length += piece.length;
    if (length > limit) throw tooLarge();
    pieces.push(piece);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

interface FileAnswer {
  info: { mediaType: string; name: string | null; size: number };
  bytes: Uint8Array;
}

/**
 * The content of a file, to be kept and not to be shown as a page: its own type, which nobody may guess anew, and a policy
 * under which nothing in it runs. A range of bytes (RFC 9110) is answered, since players ask for one to jump.
 */
export function fileAnswer(c: Context<Env>, { info, bytes }: FileAnswer): Response {
  const headers: Record<string, string> = {
    ...apiHeaders,
    'Content-Type': info.mediaType,
    'Content-Disposition': disposition(info.name),
    'Accept-Ranges': 'bytes',
  };
  const range = readRange(c.req.header('range'), bytes.length);
  if (range === undefined) return new Response(new Uint8Array(bytes), { headers });
  if (range === 'none') return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${bytes.length}` } });
  const [from, to] = range;
  headers['Content-Range'] = `bytes ${from}-${to}/${bytes.length}`;
  return new Response(bytes.slice(from, to + 1), { status: 206, headers });
}

/** RFC 6266: the name in letters everybody reads, and as it is. */
function disposition(name: string | null): string {
  if (name === null) return 'attachment';
  const plain = name.replaceAll(/[^\w. -]/g, '_');
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** One range, first and last byte; undefined where none is asked for that we read, `none` where it lies outside. */
function readRange(header: string | undefined, length: number): [from: number, to: number] | 'none' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  return from >= length || from > to ? 'none' : [from, to];
}
