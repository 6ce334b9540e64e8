import { EnvironmentError } from '../environment-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A whole number from 1 up; the usual one where nothing is set. Throws EnvironmentError for anything else. */
export function readCount(env: Environment, name: string, usual: number): number {
  const text = env[name]?.trim() ?? '';
  if (text === '') return usual;
  const count = Number(text);
  if (/^\d{1,9}$/.test(text) && count >= 1) return count;
  throw new EnvironmentError(`${name} is “${text.slice(0, 40)}”, but it is a whole number from 1 up.`);
}

/** US dollars; undefined where nothing is set. Throws EnvironmentError for what is no amount. */
export function readDollars(env: Environment, name: string): number | undefined {
  const text = env[name]?.trim() ?? '';
  if (text === '') return undefined;
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(text)) return Number(text);
  throw new EnvironmentError(`${name} is “${text.slice(0, 40)}”, but it is an amount of US dollars such as 0.50.`);
}
