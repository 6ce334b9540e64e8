import { describeError, isUnexpected, localeOf, type ProblemAnswer } from '@patchbay/services';
import type { Context } from 'hono';
import type { Env, ServerParts } from '../environment.ts';
import { apiHeaders } from './headers.ts';
import { nextRequestId } from './request-id.ts';

const jsonHeaders = { ...apiHeaders, 'Content-Type': 'application/json; charset=utf-8' };

// Plain objects as headers, and a text as body: the adapter writes these to the socket without building more.

/** A JSON answer. */
export const json = (body: unknown, status = 200, headers?: Record<string, string>): Response =>
  new Response(JSON.stringify(body), { status, headers: headers === undefined ? jsonHeaders : { ...jsonHeaders, ...headers } });

/** An answer without content. */
export const empty = (): Response => new Response(null, { status: 204, headers: apiHeaders });

/** A problem document (RFC 9457). */
export function problem({ status, headers, document }: ProblemAnswer): Response {
  const all = {
    ...apiHeaders,
    ...headers,
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Language': languageOf(document.title),
  };
  return new Response(JSON.stringify(document), { status, headers: all });
}

const languageOf = (text: string): string => (/\p{Script=Han}/u.test(text) ? 'zh-Hans' : 'en');

/** Whatever was thrown, told to the caller as a problem and, where it is our fault, to the log. */
export function refuse(c: Context<Env>, { log }: Pick<ServerParts, 'log'>, thrown: unknown): Response {
  const instance = c.get('requestId') ?? nextRequestId();
  if (isUnexpected(thrown)) log.error({ request: instance, method: c.req.method, path: c.req.path, err: thrown }, 'request failed');
  return problem(describeError(thrown, { locale: localeOf(c.req.header('accept-language')), instance }));
}
