import { ModelError } from '@patchbay/models';

/** Reasons that mean nothing was sent: the call cost nothing and is not recorded as one. */
export const unsentReasons: ReadonlySet<string> = new Set([
  'address_not_allowed',
  'address_invalid',
  'header_invalid',
  'dns_failed',
  'connect_failed',
  'connect_timeout',
  'tls_failed',
  'no_connection',
  'no_model',
  'no_secret',
  'secret_elsewhere',
  'secrets_locked',
  'connection_reserved',
  'secret_reserved',
]);

const codes: Record<string, [errorClass: 'timeout' | 'provider_unavailable' | 'invalid_input', reason: string]> = {
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'connect_timeout'],
  ETIMEDOUT: ['timeout', 'connect_timeout'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'first_byte_timeout'],
  UND_ERR_BODY_TIMEOUT: ['timeout', 'idle_timeout'],
  ENOTFOUND: ['provider_unavailable', 'dns_failed'],
  EAI_AGAIN: ['provider_unavailable', 'dns_failed'],
  ECONNREFUSED: ['provider_unavailable', 'connect_failed'],
  EHOSTUNREACH: ['provider_unavailable', 'connect_failed'],
  ENETUNREACH: ['provider_unavailable', 'connect_failed'],
  EADDRNOTAVAIL: ['provider_unavailable', 'connect_failed'],
  EACCES: ['provider_unavailable', 'connect_failed'],
  UND_ERR_INVALID_ARG: ['invalid_input', 'header_invalid'],
};
const tlsCode = /^(?:CERT_|ERR_TLS_|ERR_SSL_|EPROTO|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

/** What went wrong on the way, as one of our classes. Errors of ours pass through. */
export function errorOfTransport(error: unknown, host: string): ModelError {
  if (error instanceof ModelError) return error;
  const code = codeOf(error);
  const known = Object.hasOwn(codes, code) ? codes[code] : undefined;
  if (known !== undefined) return new ModelError(known[0], known[1], { host }, { cause: error });
  if (tlsCode.test(code)) return new ModelError('provider_unavailable', 'tls_failed', { host, code }, { cause: error });
  if (error instanceof Error && error.name === 'HTTPParserError')
    return new ModelError('provider_unavailable', 'malformed_http', { host }, { cause: error });
  return new ModelError('provider_unavailable', 'connection_lost', { host }, { cause: error });
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** Why a signal fired, where whoever fired it said so in our terms; otherwise plainly cancelled. */
export function errorOfSignal(signal: AbortSignal): ModelError {
  return signal.reason instanceof ModelError ? signal.reason : new ModelError('cancelled', 'cancelled');
}
