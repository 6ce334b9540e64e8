import type { CredentialRow } from '@patchbay/db';
import type { Ctx } from '../context.ts';
import { storedFlow } from '../flows/flow-resource.ts';
import type { CredentialUse } from '../resources.ts';
import { type FlowUses, usesIn } from './uses-in.ts';

/** Which flows name a credential: their drafts, and what they publish. */
export type FindUses = (row: Pick<CredentialRow, 'kind' | 'name'>) => CredentialUse[];

/** Reads all flows once. `auto` is what that word means now: a step that says it uses that connection. */
export async function findUses({ deps, workspaceId }: Pick<Ctx, 'deps' | 'workspaceId'>, auto: string): Promise<FindUses> {
  const rows = await deps.database.flows.documents(workspaceId);
  const flows = rows.map(({ document, published, ...flow }) => {
    const draft = usesIn(storedFlow(deps, document), deps.catalogue);
    // Most published versions are the draft: the same text is read once.
    const live = published === null ? undefined : published === document ? draft : usesIn(storedFlow(deps, published), deps.catalogue);
    return { flow, draft, live };
  });
  return ({ kind, name }) => {
    const isAuto = (value: string): boolean => value === 'auto' || value === '';
    const means = (value: string): boolean => connectionOf(isAuto(value) ? auto : value) === name;
    const namedIn = ({ models, secrets }: FlowUses): string[] =>
      kind === 'secret' ? secrets.filter((secret) => secret === name) : models.filter(means);
    return flows.flatMap(({ flow, draft, live }): CredentialUse[] => {
      const steps = namedIn(draft);
      const published = live === undefined ? [] : namedIn(live);
      if (steps.length === 0 && published.length === 0) return [];
      const named = [...steps, ...published].some((value) => !isAuto(value));
      return [{ ...flow, steps: steps.length, published: published.length > 0, named }];
    });
  };
}

/** The connection of `connection/model`. */
const connectionOf = (model: string): string => model.split('/', 1)[0] ?? model;
