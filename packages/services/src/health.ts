import type { Deps } from './deps.ts';
import type { HealthResource } from './resources.ts';

/** Whether this installation can answer. Told to anyone, so it tells nothing else. */
export async function health({ deps }: { deps: Deps }): Promise<HealthResource> {
  try {
    await deps.database.ping();
    return { status: 'ok', version: deps.version };
  } catch {
    return { status: 'degraded', version: deps.version };
  }
}
