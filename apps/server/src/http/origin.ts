import { ServiceError } from '@patchbay/services';
import type { Context } from 'hono';
import type { Env } from '../environment.ts';

const local = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Refuses requests that came here under a strange name: a page of another site can make its own name point to this
 * machine (DNS rebinding), but cannot change the name the browser sends.
 */
export function checkHost(host: string | undefined): void {
  if (host === undefined || !local.test(host)) throw new ServiceError('forbidden', 'other_host');
}

/** Refuses requests that a page of another site made the browser send. Programs send neither header. */
export function checkOrigin(c: Context<Env>): void {
  const origin = c.req.header('origin');
  if (origin !== undefined) {
    if (origin !== `http://${c.req.header('host')}`) throw new ServiceError('forbidden', 'other_origin');
    return;
  }
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new ServiceError('forbidden', 'other_origin');
}
