/** What the log holds of a thrown value. */
export interface LoggedError {
  type: string;
  code?: string;
  message?: string;
  frames: string[];
  cause?: LoggedError;
}

/** Errors of the language itself: their messages name parts of our code. All others may repeat a body, a query or a key. */
const plain = new Set(['TypeError', 'RangeError', 'ReferenceError']);
const deepest = 4;

/** Deny by default: the kind of an error, its code, where it happened and why, but no message that could hold data. */
export function describeThrown(thrown: unknown, depth = 0): LoggedError {
  if (!(thrown instanceof Error)) return { type: typeof thrown, frames: [] };
  const { name, code, reason } = thrown as Error & { code?: unknown; reason?: unknown };
  const known = [code, reason].find((value) => typeof value === 'string');
  const logged: LoggedError = { type: name, frames: framesOf(thrown) };
  if (known !== undefined) logged.code = String(known).slice(0, 100);
  if (plain.has(name)) logged.message = thrown.message.slice(0, 200);
  if (thrown.cause !== undefined && depth < deepest) logged.cause = describeThrown(thrown.cause, depth + 1);
  return logged;
}

/** Only lines that are places: the lines before them repeat the message. */
const framesOf = ({ stack = '' }: Error): string[] =>
  stack
    .split('\n')
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 12)
    .map((line) => line.slice(7));
