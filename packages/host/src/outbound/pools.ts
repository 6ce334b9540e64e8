/// <reference path="./undici-pool.d.ts" />
import { lookup as lookupAll } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'undici';
import UndiciPool from 'undici/lib/dispatcher/pool.js';
import { kindOfAddress } from './address.ts';
import type { OutboundLimits } from './limits.ts';
import { notAllowed } from './target.ts';

/** Gives every address of a name. */
export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

export interface Pools {
  /** The pool for an origin; private addresses only where the caller may reach them. */
  get(origin: string, privateAllowed: boolean): Pool;
  close(): Promise<void>;
}

const mostOrigins = 256;
const mostConnections = 256;

/** Connections kept alive per origin, each opened only to an address that was judged. */
export function createPools(limits: OutboundLimits, resolve: Resolve = (host) => lookupAll(host, { all: true })): Pools {
  // An origin that drops out of memory finishes what it is doing and closes.
  const pools = new LRUCache<string, Pool>({ max: mostOrigins, dispose: (pool) => void pool.close().catch(() => {}) });

  const open = (origin: string, privateAllowed: boolean): Pool =>
    new UndiciPool(origin, {
      connections: mostConnections,
      pipelining: 1,
      headersTimeout: limits.firstByteMs,
      bodyTimeout: limits.idleMs,
      connect: { timeout: limits.connectMs, lookup: guardedLookup(resolve, privateAllowed), autoSelectFamily: true },
    });

  return {
    get: (origin, privateAllowed) => {
      const key = privateAllowed ? `private ${origin}` : origin;
      let pool = pools.get(key);
      if (pool === undefined) {
        pool = open(origin, privateAllowed);
        pools.set(key, pool);
      }
      return pool;
    },
    close: async () => {
      const open = [...pools.values()];
      await Promise.all(open.map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

/**
 * Resolves once per connection, refuses a name if any of its addresses is not allowed, and hands exactly the judged
 * addresses to the socket: nothing is resolved a second time between the check and the connection.
 */
function guardedLookup(resolve: Resolve, privateAllowed: boolean): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (addresses) => {
        const refused = addresses.some(({ address }) => {
          const kind = kindOfAddress(address);
          return kind === 'never' || (kind === 'private' && !privateAllowed);
        });
        const first = addresses[0];
        if (refused) callback(notAllowed(host, 'address'), []);
        else if (first === undefined) callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
        else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, []),
    );
  };
}
