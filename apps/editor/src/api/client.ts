import type { ProblemDocument } from '@patchbay/services/resources';
import { currentLocale } from '../i18n/index.ts';

/** The server answered, and the answer is no. `problem` is its problem document, where it sent one. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: ProblemDocument | undefined;

  constructor(status: number, problem: ProblemDocument | undefined) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }
}

/** The server was not reached, or what it sent could not be read. */
export class UnreachableError extends Error {
  constructor(options?: ErrorOptions) {
    super('unreachable', options);
    this.name = 'UnreachableError';
  }
}

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  /** Instead of a body: bytes as they are. */
  bytes?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** One request to our own server. Rejects with ApiError or UnreachableError; an abort stays an AbortError. */
export async function send(path: string, { method = 'GET', body, bytes, headers, signal }: CallOptions = {}): Promise<Response> {
  const init: RequestInit = {
    method,
    headers: {
      'Accept-Language': currentLocale(),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(bytes === undefined ? {} : { 'Content-Type': 'application/octet-stream' }),
      ...headers,
    },
    credentials: 'same-origin',
  };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (bytes !== undefined) init.body = bytes;
  if (signal !== undefined) init.signal = signal;
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new UnreachableError({ cause: error });
  }
  if (!response.ok) throw new ApiError(response.status, await readProblem(response));
  return response;
}

/** The body as the route promises it; the types are the server's own. */
export async function call<Resource>(path: string, options: CallOptions = {}): Promise<Resource> {
  const response = await send(path, options);
  if (response.status === 204) return undefined as Resource;
  try {
    return (await response.json()) as Resource;
  } catch (error) {
    throw new UnreachableError({ cause: error });
  }
}

async function readProblem(response: Response): Promise<ProblemDocument | undefined> {
  try {
    const value: unknown = await response.json();
    return isProblem(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isProblem = (value: unknown): value is ProblemDocument =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
