/** What the host hands its worker: texts only. */
export interface CodeJob {
  source: string;
  /** Names of the inputs, in order; the code sees each as a variable. */
  names: string[];
  /** The inputs as one JSON object. */
  inputs: string;
}

export type CodeFault = 'threw' | 'memory' | 'not_json' | 'too_long' | 'too_deep' | 'never_settles';

/** What the worker answers, once. */
export type CodeAnswer =
  | { kind: 'done'; json: string; log: string[] }
  | { kind: 'failed'; fault: CodeFault; name: string; message: string; line: number };

const faults: readonly unknown[] = ['threw', 'memory', 'not_json', 'too_long', 'too_deep', 'never_settles'] satisfies CodeFault[];

/** Reads an answer by its shape: whatever became of the worker, nothing else comes out of it. */
export function readAnswer(message: unknown): CodeAnswer | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { kind, json, log, fault, name, message: text, line } = message as Record<string, unknown>;
  if (kind === 'done' && typeof json === 'string' && isTexts(log)) return { kind, json, log };
  if (kind !== 'failed' || !faults.includes(fault)) return undefined;
  if (typeof name !== 'string' || typeof text !== 'string' || typeof line !== 'number') return undefined;
  return { kind, fault: fault as CodeFault, name, message: text, line };
}

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');
