import type { WhenLeft } from '@patchbay/services';
import type { Context } from 'hono';
import type { Env } from '../environment.ts';

/** Listens to the connection itself: a signal for every request would cost more than all else that is done to answer it. */
export const whenLeft =
  (c: Context<Env>): WhenLeft =>
  (leave) => {
    // Without a server around it, as in tests, the app is given no bindings at all.
    const outgoing = c.env?.outgoing;
    if (outgoing === undefined) c.req.raw.signal.addEventListener('abort', leave);
    else if (outgoing.destroyed) leave();
    else outgoing.once('close', leave);
  };
