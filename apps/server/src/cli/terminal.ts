/** Where a command reads and writes; tests hand in their own. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  environment: Readonly<Record<string, string | undefined>>;
  workingFolder: string;
}

export const processTerminal = (): Terminal => ({
  out: (text) => void process.stdout.write(`${text}\n`),
  error: (text) => void process.stderr.write(`${text}\n`),
  environment: process.env,
  workingFolder: process.cwd(),
});

export const exitCodes = { done: 0, wrong: 1, usage: 2, failed: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command was used wrongly. */
export class UsageError extends Error {}

/** The flow, the input or a setting is wrong; the message is the whole story. */
export class WrongError extends Error {}
