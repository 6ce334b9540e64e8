import { ModelError, type OutboundResponse } from '@patchbay/models';
import { LRUCache } from 'lru-cache';
import { EnvironmentError } from '../environment-error.ts';
import { exchange } from './exchange.ts';
import { type OutboundLimits, usualLimits } from './limits.ts';
import { createPools, type Resolve } from './pools.ts';
import { assertNotForbidden, assertPublic, notAllowed, readTarget, type Target } from './target.ts';

/** Who asks decides where it may go. */
export type OutboundCaller =
  /** Only the origin of the connection's base URL; a private one only where the environment or an admin named it. */
  | { kind: 'model'; connection: { id: string; baseUrl: string; privateAllowed: boolean; origins?: readonly string[] | undefined } }
  /** Public addresses, and the hosts of `PATCHBAY_ALLOWED_PRIVATE_HOSTS`. */
  | { kind: 'http-node' };

export interface OutboundCall {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  headers: Record<string, string>;
  body?: string | Uint8Array | undefined;
  signal: AbortSignal;
  /** Whole time in milliseconds, below our own limit. */
  timeoutMs?: number | undefined;
}

/** The one way out of this program. */
export interface Outbound {
  /** Rejects with ModelError: `address_not_allowed`, time-outs, a broken connection. A status is never an error here. */
  request(caller: OutboundCaller, call: OutboundCall): Promise<OutboundResponse>;
  close(): Promise<void>;
}

export interface OutboundOptions {
  /** `host:port` of hosts inside our own network that flows may call. */
  allowedPrivateHosts?: readonly string[];
  limits?: Partial<OutboundLimits>;
  /** Name resolution; tests put their own here. */
  resolve?: Resolve;
}

interface Judged extends Target {
  privateAllowed: boolean;
}

export function createOutbound(options: OutboundOptions = {}): Outbound {
  const limits: OutboundLimits = { ...usualLimits, ...options.limits };
  const pools = createPools(limits, options.resolve);
  const allowed = new Set((options.allowedPrivateHosts ?? []).flatMap(readAllowed));
  // Model calls go to the same few addresses again and again; reading one anew would cost more than the rest.
  const judged = new LRUCache<string, Judged>({ max: 500 });

  const judge = (caller: OutboundCaller, url: string): Judged => {
    const key = caller.kind === 'model' ? keyOf(caller.connection, url) : url;
    const known = judged.get(key);
    if (known !== undefined) return known;
    const target = readTarget(url);
    if (caller.kind === 'model' && !mayReach(caller.connection, target.origin)) throw notAllowed(target.hostPort, 'origin');
    const privateAllowed = caller.kind === 'model' ? caller.connection.privateAllowed : allowed.has(target.hostPort);
    if (privateAllowed) assertNotForbidden(target);
    else assertPublic(target);
    const result = { ...target, privateAllowed };
    judged.set(key, result);
    return result;
  };

  const send = (caller: OutboundCaller, call: OutboundCall, target: Judged, deadline: number): Promise<OutboundResponse> => {
    const slow = caller.kind === 'model' && call.headers['accept'] !== 'text/event-stream';
    return exchange(pools.get(target.origin, target.privateAllowed), {
      host: target.host,
      path: target.path,
      method: call.method,
      headers: call.headers,
      body: call.body ?? null,
      signal: call.signal,
      deadline,
      firstByteMs: slow ? limits.modelFirstByteMs : limits.firstByteMs,
      limit: limits.bodyBytes,
    });
  };

  const request = async (caller: OutboundCaller, call: OutboundCall): Promise<OutboundResponse> => {
    const most = caller.kind === 'model' ? limits.modelTotalMs : limits.totalMs;
    const deadline = performance.now() + Math.min(most, call.timeoutMs ?? most);
    let target = judge(caller, call.url);
    let now = call;
    for (let hops = 0; ; hops += 1) {
      const response = await send(caller, now, target, deadline);
      const location = redirectOf(response);
      if (location === undefined) return response;
      await discard(response);
      if (hops === limits.redirects) throw new ModelError('provider_unavailable', 'too_many_redirects', { host: target.host });
      const next = judge(caller, resolveLocation(location, target.url));
      now = redirected(now, response.status, next.origin !== target.origin);
      target = next;
    }
  };

  return { request, close: pools.close };
}

type ModelConnection = Extract<OutboundCaller, { kind: 'model' }>['connection'];

const keyOf = ({ privateAllowed, baseUrl, origins = [] }: ModelConnection, url: string): string =>
  `${privateAllowed} ${baseUrl} ${origins.length === 0 ? '' : origins.join(' ')} ${url}`;

const mayReach = ({ baseUrl, origins = [] }: ModelConnection, origin: string): boolean =>
  origin === readTarget(baseUrl).origin || origins.includes(origin);

function redirectOf({ status, headers }: OutboundResponse): string | undefined {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308 ? headers['location'] : undefined;
}

function resolveLocation(location: string, base: string): string {
  try {
    // Relative addresses only get a base; the text itself is judged by `readTarget`, tricks included.
    return /^[a-z][a-z0-9+.-]*:/i.test(location) ? location : new URL(location.replace(/[\\\t\r\n]/g, ''), base).href;
  } catch {
    throw new ModelError('invalid_input', 'address_invalid', { url: location.slice(0, 200) });
  }
}

/** What may follow to another origin; anything else could be a credential. */
const harmless = new Set(['accept', 'accept-encoding', 'accept-language', 'content-type', 'user-agent']);

/** Method and headers of the next hop (Fetch standard, HTTP-redirect fetch). */
function redirected(call: OutboundCall, status: number, otherOrigin: boolean): OutboundCall {
  const toGet = (status === 303 && call.method !== 'HEAD') || (status <= 302 && call.method === 'POST');
  const kept = Object.entries(call.headers).filter(([name]) => {
    const lower = name.toLowerCase();
    return (!otherOrigin || harmless.has(lower)) && !(toGet && lower.startsWith('content-'));
  });
  const { body: _, ...rest } = call;
  const next: OutboundCall = { ...rest, headers: Object.fromEntries(kept) };
  if (toGet) next.method = 'GET';
  else if (call.body !== undefined) next.body = call.body;
  return next;
}

/** Leaves a body unread; a short one ends by itself and the connection is kept. */
async function discard(response: OutboundResponse): Promise<void> {
  await response.body[Symbol.asyncIterator]().return?.();
}

/** `host:port`; without a port both usual ones are meant. */
function readAllowed(entry: string): string[] {
  const text = entry.trim().toLowerCase();
  if (text === '') return [];
  const [, port] = /^(?:\[[0-9a-f:.]+\]|[^\s:/\\?#@[\]]+)(:\d{1,5})?$/.exec(text) ?? refuseEntry(entry);
  return (port === undefined ? [`${text}:80`, `${text}:443`] : [text]).map((item) => {
    if (!URL.canParse(`http://${item}`)) refuseEntry(entry);
    return readTarget(`http://${item}`).hostPort;
  });
}

function refuseEntry(entry: string): never {
  throw new EnvironmentError(
    `PATCHBAY_ALLOWED_PRIVATE_HOSTS has “${entry.trim().slice(0, 100)}”, but it is a list of hosts such as 192.168.1.5:8080, separated by commas.`,
  );
}
