import { fillWords } from '@patchbay/flow';
import type { Ctx } from '../context.ts';
import { type Reason, reasonWords, ServiceError } from '../service-error.ts';

/** A refusal at one place of the body. */
export function refuseAt(
  { locale }: Pick<Ctx, 'locale'>,
  pointer: string,
  reason: Reason,
  params: Record<string, string> = {},
): ServiceError {
  const errors = [{ pointer, message: fillWords(reasonWords[reason], params, locale) }];
  return new ServiceError('invalid_input', reason, { errors, params });
}

/** An address as it is kept: without its last slash. Throws for anything but plain http or https. */
export function readAddress(ctx: Pick<Ctx, 'locale'>, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const good = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hash === '';
  if (!good || /[\s\\]/.test(text)) throw refuseAt(ctx, '/baseUrl', 'base_url_invalid');
  return url.href.replace(/\/+$/, '');
}
