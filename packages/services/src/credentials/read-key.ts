import { CloudFault, cloudOf } from '@patchbay/host';
import type { Ctx } from '../context.ts';
import type { ServiceError } from '../service-error.ts';
import { refuseAt } from './address.ts';

/** What a secret is for: a provider's key, or the value of a header. */
export interface SecretOf {
  kind: string;
  provider: string | null;
}

/** The one secret in what a person pasted, as it is kept. Refuses at `/key` what cannot be one, without repeating it. */
export function readKey(ctx: Pick<Ctx, 'locale'>, { kind, provider }: SecretOf, pasted: string): string {
  const cloud = provider === null ? undefined : cloudOf(provider);
  if (cloud !== undefined) return orRefuse(ctx, () => cloud.readSecret(pasted));
  if (kind === 'secret' && !/^[\x20-\x7e]{1,4096}$/.test(pasted)) throw refuseAt(ctx, '/key', 'value_unusable');
  if (kind === 'provider' && !/^[\x21-\x7e]{1,4096}$/.test(pasted)) throw refuseAt(ctx, '/key', 'key_unusable');
  return pasted;
}

/** A shorter secret shows nothing: four of its characters would be too much of it. */
const shownFrom = 12;

/** The four characters by which a person tells a secret from others; null where there is none to show. */
export function hintOf(provider: string | null, secret: string | undefined): string | null {
  if (secret === undefined) return null;
  const cloud = provider === null ? undefined : cloudOf(provider);
  const name = cloud === undefined ? secret : cloud.nameOfSecret(secret);
  return name !== undefined && name.length >= shownFrom ? name.slice(-4) : null;
}

/** What `act` gives; what a cloud misses is refused at its part of the body. */
export function orRefuse<Value>(ctx: Pick<Ctx, 'locale'>, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    throw error instanceof CloudFault ? refusalOf(ctx, error) : error;
  }
}

const refusalOf = (ctx: Pick<Ctx, 'locale'>, { part, reason }: CloudFault): ServiceError => refuseAt(ctx, `/${part}`, reason);
