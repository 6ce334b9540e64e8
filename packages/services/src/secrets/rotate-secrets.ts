import { type Ctx, requireScope } from '../context.ts';
import { ServiceError } from '../service-error.ts';
import { type RotationStep, rotateMasterKey } from './rotate-master-key.ts';
import { LockedError } from './secret-store.ts';

/** Puts a new master key in force, step by step, beside a running server. Every step is on the disk when it is told. */
export async function* rotateSecrets({ ctx }: { ctx: Ctx }): AsyncGenerator<RotationStep, void> {
  requireScope(ctx, 'manage');
  const { database, masterKeys } = ctx.deps;
  try {
    yield* rotateMasterKey({ database, masterKeys });
  } catch (error) {
    throw error instanceof LockedError ? new ServiceError('unavailable', 'secrets_locked') : error;
  }
}
