import type { CredentialRow } from '@patchbay/db';
import { toFailure } from '@patchbay/engine';
import type { Connection } from '@patchbay/host';
import { describeFailure } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import { ServiceError } from '../service-error.ts';
import type { StoredTest } from './credential-resource.ts';
import { partOf } from './providers.ts';

export interface Probed {
  connection: Connection;
  /** What people call it: sentences of a failure name it so. */
  title: string;
  /** Asked for where a person named it. */
  model: string | null;
}

/** Calls the provider. Never rejects: how it ended is the answer. */
export async function probeConnection({ deps }: Pick<Ctx, 'deps'>, { connection, title, model }: Probed): Promise<StoredTest> {
  const at = deps.now();
  const began = performance.now();
  const took = (): number => Math.round(performance.now() - began);
  try {
    const models = await deps.host.probe({ ...connection, id: title }, model === null ? {} : { model });
    return { at, milliseconds: took(), ok: true, models: models.length };
  } catch (error) {
    return { at, milliseconds: took(), ok: false, failure: toFailure(error, '') };
  }
}

/** Throws the reason of a test that failed, at the part of the body that is to blame. */
export function demandWorking({ locale }: Pick<Ctx, 'locale'>, test: StoredTest, { provider, baseUrl }: TestedRow): void {
  if (test.ok) return;
  const place = baseUrl === null && partOf(provider, 'region') !== undefined ? '/region' : '/baseUrl';
  const { message, fix } = describeFailure(test.failure, locale);
  const pointer = pointers[test.failure.reason] ?? (test.failure.class === 'auth' ? '/key' : place);
  const whole = fix === undefined ? message : `${message}${locale === 'en' ? ' ' : ''}${fix}`;
  throw new ServiceError('invalid_input', 'credential_refused', { params: { message: whole }, errors: [{ pointer, message: whole }] });
}

type TestedRow = Pick<CredentialRow, 'provider' | 'baseUrl'>;

const pointers: Readonly<Record<string, string>> = { model_not_found: '/model', no_model: '/model' };
