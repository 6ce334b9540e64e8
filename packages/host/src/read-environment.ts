import { EnvironmentError } from './environment-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a variable; one that is empty is as good as none. */
export type Read = (name: string) => string | undefined;

export const reader =
  (env: Environment): Read =>
  (name) => {
    const value = env[name]?.trim();
    return value === undefined || value === '' ? undefined : value;
  };

export const firstOf = (names: readonly string[], read: Read): string | undefined => names.map(read).find((value) => value !== undefined);

/** An address that calls may hang below. Throws a sentence that names the variable. */
export function readBaseUrl(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new EnvironmentError(`${name} must be an http or https address without a user name, such as https://api.openai.com/v1.`);
  }
  return value.replace(/\/+$/, '');
}
