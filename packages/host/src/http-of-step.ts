import type { Http, StepHandle } from '@patchbay/node-kit';
import type { Outbound } from './outbound/outbound.ts';

const caller = { kind: 'http-node' } as const;

/** The outbound request as one step sees it. */
export function httpOfStep(step: StepHandle, outbound: Outbound): Http {
  return {
    request: async ({ url, method, headers, body, timeoutMs }) => {
      const sent = Object.hasOwn(headers, 'accept-encoding')
        ? headers
        : { 'user-agent': 'patchbay', 'accept-encoding': 'identity', ...headers };
      const response = await outbound.request(caller, { url, method, headers: sent, body, signal: step.signal, timeoutMs });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
  };
}
