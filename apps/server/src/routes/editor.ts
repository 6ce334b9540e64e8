import { findOwnerSession, localeOf, openOwnerSession } from '@patchbay/services';
import { type Context, Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import type { EditorFile } from '../editor-files.ts';
import { readEditorFiles } from '../editor-files.ts';
import type { Env, ServerParts } from '../environment.ts';
import { cookieName } from '../http/authenticate.ts';
import { pageHeaders } from '../http/headers.ts';
import { checkHost } from '../http/origin.ts';
import { notBuiltPage } from './not-built-page.ts';

/** Addresses the editor draws itself; each is answered with its one page. */
export const pages = [
  '/',
  '/flows/:id',
  '/flows/:id/:part',
  '/templates',
  '/runs',
  '/runs/:id',
  '/knowledge',
  '/knowledge/:id',
  '/connections',
  '/settings',
];

interface Editor {
  routes: Hono<Env>;
  /** Its page with status 404, for a person in a browser who went to an address that is nobody's. */
  lostPage(c: Context<Env>): Promise<Response> | undefined;
}

/** The editor: its files, and its page for every address of its own. Opening the page makes whoever sits here the owner. */
export function createEditor(parts: ServerParts): Editor {
  const files = readEditorFiles(parts.editorFolder);
  const index = files.get('/index.html');
  const routes = new Hono<Env>();
  for (const path of pages) routes.get(path, (c) => page(c, parts, index));
  for (const [path, file] of files) if (path !== '/index.html') routes.get(path, (c) => send(c, file));
  return { routes, lostPage: (c) => (isTypedAddress(c) ? page(c, parts, index, 404) : undefined) };
}

/** Programs do not ask for pages, and are told by a problem document. */
function isTypedAddress({ req }: Context<Env>): boolean {
  const reads = req.method === 'GET' && req.header('accept')?.includes('text/html') === true && req.header('sec-fetch-mode') === 'navigate';
  return reads && !/^\/(?:api|v1|assets)(?:\/|$)/.test(req.path);
}

async function page(c: Context<Env>, parts: ServerParts, file: EditorFile | undefined, status = 200): Promise<Response> {
  checkHost(c.req.header('host'));
  const cookie = await ownerCookie(c, parts);
  const headers = {
    'Cache-Control': 'no-cache',
    Vary: 'Accept-Language, Accept-Encoding',
    ...(cookie === undefined ? {} : { 'Set-Cookie': cookie }),
  };
  if (file !== undefined) return send(c, file, headers, status);
  const body = notBuiltPage(localeOf(c.req.header('accept-language')));
  return new Response(body, { status: 503, headers: { ...pageHeaders, ...headers, 'Content-Type': 'text/html; charset=utf-8' } });
}

/** A new session where the browser has none that is good. Without accounts, whoever opens the page on this machine owns it. */
async function ownerCookie(c: Context<Env>, { deps, port }: ServerParts): Promise<string | undefined> {
  const name = cookieName(port());
  const given = getCookie(c, name);
  if (given !== undefined && (await findOwnerSession({ deps, secret: given })) !== undefined) return undefined;
  if (!asksForPage(c)) return undefined;
  const { secret, maxAgeSeconds } = await openOwnerSession({ deps });
  return `${name}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}`;
}

/** True for a person who opens the page; pages of other sites that load it as picture, frame or data fill no table with sessions. */
function asksForPage(c: Context<Env>): boolean {
  const [site, target] = [c.req.header('sec-fetch-site'), c.req.header('sec-fetch-dest')];
  return target === undefined || target === 'document' || site === 'same-origin';
}

async function send(c: Context<Env>, file: EditorFile, extra: Record<string, string> = {}, status = 200): Promise<Response> {
  const small = c.req.header('accept-encoding')?.includes('gzip') === true ? await file.gzipped() : file.body;
  const headers: Record<string, string> = {
    ...pageHeaders,
    'Content-Type': file.type,
    'Cache-Control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    Vary: 'Accept-Encoding',
    ...extra,
  };
  if (small !== file.body) headers['Content-Encoding'] = 'gzip';
  return new Response(new Uint8Array(small), { status, headers });
}
