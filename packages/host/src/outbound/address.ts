import { isIP } from 'node:net';

/**
 * `global`: anyone's public address. `private`: reachable only from here; allowed where an admin named it.
 * `never`: metadata services, multicast, unspecified and reserved; refused even then.
 */
export type AddressKind = 'global' | 'private' | 'never';

type Octets = readonly [number, number, number, number];

const metadata = new Set(['169.254.169.254', '169.254.170.2', '169.254.170.23', '168.63.129.16', '100.100.100.200', '192.0.0.192']);
const metadata6 = new Set(['fd00:ec2:0:0:0:0:0:254', 'fd20:ce:0:0:0:0:0:254']);

/** Judges an address as text. What is not plainly an address, or carries a zone, is refused. */
export function kindOfAddress(address: string): AddressKind {
  const version = isIP(address);
  if (version === 4) return kindOf4(address.split('.').map(Number) as unknown as Octets);
  return version === 6 && !address.includes('%') ? kindOf6(groupsOf(address)) : 'never';
}

/** IANA's special-purpose registry for IPv4; everything it does not call globally reachable is refused. */
function kindOf4(octets: Octets): AddressKind {
  const [a, b, c] = octets;
  if (metadata.has(octets.join('.'))) return 'never';
  if (a === 0 || a >= 224) return 'never';
  if (a === 10 || a === 127) return 'private';
  if (a === 100 && b >= 64 && b < 128) return 'private';
  if (a === 169 && b === 254) return 'private';
  if (a === 172 && b >= 16 && b < 32) return 'private';
  if (a === 192 && b === 168) return 'private';
  if (a === 192 && b === 0 && (c === 0 || c === 2)) return 'never';
  if (a === 192 && b === 88 && c === 99) return 'never';
  if (a === 198 && (b === 18 || b === 19)) return 'private';
  if ((a === 198 && b === 51 && c === 100) || (a === 203 && b === 0 && c === 113)) return 'never';
  return 'global';
}

function kindOf6(groups: readonly number[]): AddressKind {
  const [g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, g6 = 0, g7 = 0] = groups;
  if (metadata6.has(groups.map((group) => group.toString(16)).join(':'))) return 'never';
  const tail4 = (high: number, low: number): AddressKind => kindOf4([high >> 8, high & 255, low >> 8, low & 255]);
  const zeros = (count: number): boolean => groups.slice(0, count).every((group) => group === 0);
  if (zeros(7) && g7 === 1) return 'private';
  // ::ffff:a.b.c.d and ::ffff:0:a.b.c.d are that IPv4 address; 64:ff9b::a.b.c.d and 2002:a.b.c.d:: reach it.
  if (zeros(5) && g5 === 0xffff) return tail4(g6, g7);
  if (zeros(4) && g4 === 0xffff && g5 === 0) return tail4(g6, g7);
  if (g0 === 0x64 && g1 === 0xff9b && g2 === 0 && g3 === 0 && g4 === 0 && g5 === 0) return tail4(g6, g7);
  if (g0 === 0x2002) return tail4(g1, g2);
  if ((g0 & 0xfe00) === 0xfc00 || (g0 & 0xffc0) === 0xfe80) return 'private';
  // Only 2000::/3 is given out; of it, not 2001::/23 (Teredo and other protocols), documentation, 3fff::/20.
  if ((g0 & 0xe000) !== 0x2000) return 'never';
  if (g0 === 0x2001 && (g1 < 0x200 || g1 === 0xdb8)) return 'never';
  if (g0 === 0x3fff && g1 < 0x1000) return 'never';
  return 'global';
}

/** The eight groups; the URL parser does the reading, dotted tails and `::` included. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const parse = (part: string | undefined): number[] =>
    part === undefined || part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const left = parse(head);
  if (tail === undefined) return left;
  const right = parse(tail);
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}
