import { randomBytes } from 'node:crypto';

const boot = randomBytes(6).toString('hex');
let count = 0;

/** Unique over restarts, and cheap: a random part per start and a count. Never the caller's, who could forge lines of the log. */
export function nextRequestId(): string {
  count += 1;
  return `req_${boot}${count.toString(36)}`;
}
