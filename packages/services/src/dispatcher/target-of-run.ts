import type { RunRow } from '@patchbay/db';
import type { Locale } from '@patchbay/flow';
import type { Deps } from '../deps.ts';
import { storedFlow } from '../flows/flow-resource.ts';
import { compiledVersion, planKey } from '../runs/find-endpoint.ts';
import { makeTarget, type Target } from '../runs/target.ts';

/** The flow a stored run is pinned to: its version, or the draft as it was. Undefined where it is gone or can no longer run. */
export async function targetOfRun(deps: Deps, run: RunRow, document: string | null, locale: Locale): Promise<Target | undefined> {
  const { workspaceId, flowId, version } = run;
  if (document !== null) {
    const made = makeTarget(deps, { workspaceId, flowId, version, flow: storedFlow(deps, document) }, locale);
    return 'errors' in made ? undefined : made.target;
  }
  if (version === null) return undefined;
  const known = deps.endpoints.plans.get(planKey(flowId, version));
  if (known !== undefined) return known;
  const row = await deps.database.versions.findPublished(workspaceId, flowId, version);
  const made = row && compiledVersion(deps, row, locale);
  return made === undefined || 'errors' in made ? undefined : made.target;
}
