import { ModelError } from '@patchbay/models';
import type { Http, HttpResult, StepHandle } from '@patchbay/node-kit';
import type { NamedSecret } from './connection-source.ts';
import type { Outbound } from './outbound/outbound.ts';
import { readTarget } from './outbound/target.ts';

const caller = { kind: 'http-node' } as const;

export type FindSecret = (name: string) => Promise<NamedSecret | undefined>;

/** The outbound request as one step sees it: secrets go in here, and what the other side repeats of them stays here. */
export function httpOfStep(step: StepHandle, outbound: Outbound, findSecret: FindSecret): Http {
  return {
    request: async ({ url, method, headers, secrets = {}, body, timeoutMs }) => {
      const opened = await openSecrets(secrets, url, findSecret);
      const usual = Object.hasOwn(headers, 'accept-encoding') ? {} : { 'user-agent': 'patchbay', 'accept-encoding': 'identity' };
      const sent = { ...usual, ...headers, ...opened };
      const response = await outbound.request(caller, { url, method, headers: sent, body, signal: step.signal, timeoutMs });
      const result = { status: response.status, headers: response.headers, text: await response.text() };
      return withoutSecrets(result, Object.values(opened));
    },
  };
}

/** Header values by header name. Throws before anything is sent where one is missing or bound to another origin. */
export async function openSecrets(
  secrets: Readonly<Record<string, string>>,
  url: string,
  findSecret: FindSecret,
): Promise<Record<string, string>> {
  const opened: [string, string][] = [];
  for (const [header, name] of Object.entries(secrets)) {
    const secret = await findSecret(name);
    if (secret === undefined) throw new ModelError('auth', 'no_secret', { secret: name.slice(0, 100) });
    const target = readTarget(url);
    if (target.origin !== secret.origin) {
      throw new ModelError('auth', 'secret_elsewhere', { secret: name, origin: secret.origin, host: target.hostPort });
    }
    opened.push([header, secret.value]);
  }
  return Object.fromEntries(opened);
}

/** Parts shorter than this are no secrets: masking them would tear other text apart. */
const shortest = 6;

/** Takes secrets out of a text, as they are and as JSON writes them; undefined where there is nothing to take out. */
export function maskOf(secrets: readonly string[]): ((text: string) => string) | undefined {
  const parts = secrets.flatMap((secret) => [secret, ...secret.split(/\s+/)]).filter((part) => part.length >= shortest);
  if (parts.length === 0) return undefined;
  const forms = [...new Set(parts.flatMap((part) => [part, JSON.stringify(part).slice(1, -1)]))];
  return (text) => forms.reduce((masked, form) => masked.replaceAll(form, '[secret]'), text);
}

/** What a server repeats of a secret must not become a value of the flow, for values are stored and shown. */
function withoutSecrets({ status, headers, text }: HttpResult, secrets: readonly string[]): HttpResult {
  const mask = maskOf(secrets);
  if (mask === undefined) return { status, headers, text };
  return { status, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, mask(value)])), text: mask(text) };
}
