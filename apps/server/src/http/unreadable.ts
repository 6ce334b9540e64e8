import { RequestError } from '@hono/node-server';
import { describeError, type Reason, type RequestCode, ServiceError } from '@patchbay/services';
import { problem } from './answer.ts';
import { apiHeaders } from './headers.ts';
import { nextRequestId } from './request-id.ts';

/** A request that the parser gave up on, by the code of its error; anything else was no HTTP. */
const broken: Readonly<Record<string, [status: string, code: RequestCode, reason: Reason]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'too_large', 'headers_too_large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'invalid_input', 'request_too_slow'],
};
const nonsense: (typeof broken)[string] = ['400 Bad Request', 'invalid_input', 'request_unreadable'];

const describe = (code: RequestCode, reason: Reason) =>
  describeError(new ServiceError(code, reason), { locale: 'en', instance: nextRequestId() });

/** The answer where the adapter failed: mostly a request whose address or host cannot be read. */
export const unreadable = (error: unknown): Response =>
  problem(error instanceof RequestError ? describe('invalid_input', 'request_unreadable') : describe('internal', 'unexpected'));

/** What is left of a connection whose request could not be read. */
interface Closing {
  writable: boolean;
  end(text: string): unknown;
  destroy(): unknown;
}

/** Tells the caller why its connection is closed, as every other refusal is told. */
export function refuseOnSocket(error: Error, socket: Closing): void {
  const name = 'code' in error ? String(error.code) : '';
  if (!socket.writable || name === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, code, reason] = Object.hasOwn(broken, name) ? (broken[name] ?? nonsense) : nonsense;
  const body = JSON.stringify({ ...describe(code, reason).document, status: Number(status.slice(0, 3)) });
  const headers = {
    ...apiHeaders,
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([header, value]) => `${header}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`);
}
