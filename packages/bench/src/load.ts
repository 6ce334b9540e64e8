import { Pool } from 'undici';

export interface LoadRequest {
  path: string;
  /** A function where each request has its own. */
  headers: Record<string, string> | (() => Record<string, string>);
  body: string;
  /** Throws when the answer is not the one expected. */
  check: (status: number, body: string) => void;
}

export interface LoadResult {
  /** Answers a second. */
  throughput: number;
  /** Milliseconds from sending to the whole answer. */
  p50: number;
  p99: number;
  requests: number;
}

/** A closed loop: `concurrency` callers, each asking again as soon as it has its answer, for `seconds`. */
export async function closedLoop(origin: string, request: LoadRequest, concurrency: number, seconds: number): Promise<LoadResult> {
  const pool = new Pool(origin, { connections: concurrency, pipelining: 1 });
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < end) {
        const sent = performance.now();
        const headers = typeof request.headers === 'function' ? request.headers() : request.headers;
        const answer = await pool.request({ method: 'POST', path: request.path, headers, body: request.body });
        const text = await answer.body.text();
        latencies.push(performance.now() - sent);
        request.check(answer.statusCode, text);
      }
    }),
  );
  const elapsed = (performance.now() - start) / 1_000;
  await pool.close();
  latencies.sort((a, b) => a - b);
  return {
    throughput: latencies.length / elapsed,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    requests: latencies.length,
  };
}

/** The value below which a share of the sorted figures lies; the nearest one, so it was really measured. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (figures: readonly number[]): number =>
  quantile(
    [...figures].sort((a, b) => a - b),
    0.5,
  );
