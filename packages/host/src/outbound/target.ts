import { isIP } from 'node:net';
import { ModelError } from '@patchbay/models';
import { kindOfAddress } from './address.ts';

/** Where a request goes, read and judged. */
export interface Target {
  url: string;
  origin: string;
  /** Host and port as a list of allowed hosts writes them. */
  hostPort: string;
  host: string;
  path: string;
  port: number;
}

/** Ports of services that must never be spoken to in HTTP (Fetch standard, "bad port"). */
const badPorts = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117,
  119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636,
  989, 990, 993, 995, 1719, 1720, 1723, 2049, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667, 6668,
  6669, 6679, 6697, 9200, 10080, 11211, 27017,
]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const tricks = /[\u0000-\u001f\u007f\\]/;

export const notAllowed = (host: string, why: string): ModelError =>
  new ModelError('invalid_input', 'address_not_allowed', { host: host.slice(0, 200), why });

/** Reads an address; refuses what two parsers could read in two ways. Throws `invalid_input`. */
export function readTarget(text: string): Target {
  const raw = text.trim();
  if (tricks.test(raw)) throw new ModelError('invalid_input', 'address_invalid', { url: raw.replace(/\p{Cc}/gu, ' ').slice(0, 200) });
  let url: URL;
  try {
    url = new URL(raw);
  } catch {
    throw new ModelError('invalid_input', 'address_invalid', { url: raw.slice(0, 200) });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw notAllowed(url.protocol, 'scheme');
  // An empty userinfo leaves no trace in the parsed URL, so the text itself is looked at too.
  if (url.username !== '' || url.password !== '' || /^https?:\/*[^/?#]*@/i.test(raw)) throw notAllowed(url.host, 'userinfo');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  return { url: url.href, origin: url.origin, hostPort: `${url.hostname}:${port}`, host, path: url.pathname + url.search, port };
}

/** Refuses bad ports and literal addresses that are not public. Names are judged when they are resolved. */
export function assertPublic(target: Target): void {
  if (badPorts.has(target.port)) throw notAllowed(target.hostPort, 'port');
  if (isIP(target.host) !== 0 && kindOfAddress(target.host) !== 'global') throw notAllowed(target.host, 'address');
}

/** For hosts an admin named: everything but what is never allowed. */
export function assertNotForbidden(target: Target): void {
  if (isIP(target.host) !== 0 && kindOfAddress(target.host) === 'never') throw notAllowed(target.host, 'address');
}
