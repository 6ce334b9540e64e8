import { randomFillSync } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const randomLength = 16;

let lastTime = 0;
let lastRandom: number[] = [];

/** Random bytes are asked for many ids at once. */
const pool = new Uint8Array(randomLength * 128);
let poolAt = pool.length;

/**
 * `prefix_` and 26 characters that sort by time (48 bits of milliseconds, 80 random). Within a millisecond, or when the
 * clock steps back, the last random part is counted up, so ids of one process are always in order.
 */
export function newId(prefix: string, now: number = Date.now()): string {
  if (now > lastTime) {
    lastTime = now;
    lastRandom = randomDigits();
  } else {
    countUp(lastRandom);
  }
  let id = `${prefix}_${encodeTime(lastTime)}`;
  for (const digit of lastRandom) id += alphabet[digit];
  return id;
}

/** The smallest id of that time: a bound for "since". */
export const firstIdAt = (prefix: string, time: number): string => `${prefix}_${encodeTime(time)}`;

function randomDigits(): number[] {
  if (poolAt === pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  const digits: number[] = [];
  for (const end = poolAt + randomLength; poolAt < end; poolAt += 1) digits.push((pool[poolAt] ?? 0) & 31);
  return digits;
}

function encodeTime(time: number): string {
  let text = '';
  let rest = time;
  for (let index = 0; index < 10; index += 1) {
    text = `${alphabet[rest % 32]}${text}`;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function countUp(digits: number[]): void {
  for (let index = digits.length - 1; index >= 0; index -= 1) {
    const next = ((digits[index] ?? 0) + 1) % 32;
    digits[index] = next;
    if (next !== 0) return;
  }
}
