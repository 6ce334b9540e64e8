/**
 * Headers of draft-ietf-httpapi-ratelimit-headers (structured fields): what the limit is, and when to come again.
 * It is a draft still, so its names stand here and nowhere else.
 */

/** So many at once; none is free, and nobody knows when one will be. */
export const atOnceHeaders = (name: string, most: number, seconds: number): Record<string, string> => ({
  'RateLimit-Policy': `"${token(name)}";q=${most};qu="concurrent-requests"`,
  RateLimit: `"${token(name)}";r=0;t=${seconds}`,
});

/** So many in a window of seconds; none is left until the window is over. */
export const windowHeaders = (name: string, quota: number, windowSeconds: number, seconds: number): Record<string, string> => ({
  'RateLimit-Policy': `"${token(name)}";q=${quota};w=${windowSeconds}`,
  RateLimit: `"${token(name)}";r=0;t=${seconds}`,
});

const token = (name: string): string => name.replace(/[^a-z0-9_-]/g, '');
