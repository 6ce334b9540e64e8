import type { KeyForm } from '@patchbay/services/resources';

/** A key as it is typed: in one part, or as an id with its secret. */
export interface TypedKey {
  key: string;
  /** Of a pair: what belongs to the id in `key`. */
  secret: string;
  token: string;
}

export const noKey: TypedKey = { key: '', secret: '', token: '' };

/** A key file, or lines copied from somewhere: shown as one thing and sent as they are. */
export const isBlock = (text: string): boolean => /\n|^\s*\{/.test(text.trim());

/** Whether the other half of a pair is asked for: not where it was pasted along, nor for a key that has none. */
export const asksSecret = (form: KeyForm, { key }: TypedKey): boolean =>
  form === 'pair' && !isBlock(key) && !key.includes(':') && (key.trim() === '' || /^\s*A[KS]IA/.test(key));

/** The one text that is sent. */
export function keyText(form: KeyForm, typed: TypedKey): string {
  const parts = asksSecret(form, typed) ? [typed.key, typed.secret, typed.token] : [typed.key];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(':');
}

/** The account that a key file is of; undefined where the text is no key file. */
export function accountOf(text: string): string | undefined {
  try {
    const file: unknown = JSON.parse(text);
    return typeof file === 'object' && file !== null && 'client_email' in file && typeof file.client_email === 'string'
      ? file.client_email
      : undefined;
  } catch {
    return undefined;
  }
}

/** What an address of Azure says, pasted where a key is expected: its endpoint, and the deployment where it is named. */
export function azureAddress(text: string): { baseUrl: string; model: string } | undefined {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (url?.protocol !== 'https:' || !/\.(?:azure\.com|azure\.us|azure\.cn)$/.test(url.hostname)) return undefined;
  const [, model = ''] = /\/deployments\/([^/]+)/.exec(url.pathname) ?? [];
  return { baseUrl: url.origin, model: decodeURIComponent(model) };
}
