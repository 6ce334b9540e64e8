import { localWorkspace } from '@patchbay/db';
import type { Locale } from '@patchbay/flow';
import type { Deps } from './deps.ts';
import type { KeyLimits } from './limits/key-limits.ts';
import type { KeyScope } from './resources.ts';
import { needsScope } from './service-error.ts';

/** Who asks. The owner is whoever sits at this machine, until accounts exist. `flows` are ids; undefined means all. */
export type Actor =
  | { kind: 'owner' }
  | {
      kind: 'key';
      id: string;
      scopes: readonly KeyScope[];
      flows: readonly string[] | undefined;
      /** What the key may use at most, besides what its workspace may. */
      limits?: KeyLimits | undefined;
    };

/** What every use case is handed besides its input. */
export interface Ctx {
  workspaceId: string;
  actor: Actor;
  /** The reader's language. */
  locale: Locale;
  deps: Deps;
}

/** Whoever sits at this machine, as a command of theirs acts. */
export const localOwner = (deps: Deps, locale: Locale): Ctx => ({ workspaceId: localWorkspace, actor: { kind: 'owner' }, locale, deps });

/** Refuses an actor without the scope. `manage` includes the others: who may make keys may do all, so it is never for some flows only. */
export function requireScope({ actor }: Pick<Ctx, 'actor'>, scope: KeyScope): void {
  if (!hasScope(actor, scope)) throw needsScope(scope);
}

export const hasScope = (actor: Actor, scope: KeyScope): boolean =>
  actor.kind === 'owner' ||
  (scope !== 'manage' && actor.scopes.includes(scope)) ||
  (actor.scopes.includes('manage') && actor.flows === undefined);

/** Whether a run that the actor starts may use what is kept for those who manage the workspace. */
export const manages = (actor: Actor): boolean => hasScope(actor, 'manage');

/** A key made for some flows runs only these, whatever their addresses become. */
export const mayRun = (actor: Actor, flowId: string | undefined): boolean =>
  actor.kind === 'owner' || actor.flows === undefined || (flowId !== undefined && actor.flows.includes(flowId));
