import { ModelError } from '@patchbay/models';
import type { Connection } from './connections.ts';
import type { Choice, ModelListing, Registry } from './registry.ts';

/** What the flows of one workspace may use, besides what the environment names. */
export interface WorkspaceAccess {
  /** In the order in which `auto` looks at them; each goes before one of the environment with the same id. */
  connections: readonly Connection[];
  /** What `auto` means where somebody chose: `connection/model`. */
  defaultModel: string | undefined;
  /** Connections that must not be used, by id, each with the reason of the failure. */
  faults: ReadonlyMap<string, string>;
}

/** A secret that an HTTP step names. */
export interface NamedSecret {
  /** The whole value of the header. */
  value: string;
  /** The only origin it may be sent to. */
  origin: string;
}

/** Where connections and secrets of workspaces come from. Asked at each use, so that a change is in force at once. */
export interface ConnectionSource {
  /** The same object as long as nothing changed, and at once where it is known. */
  access(workspaceId: string): WorkspaceAccess | Promise<WorkspaceAccess>;
  /** Undefined where the workspace has no secret of that name. Rejects with ModelError `secrets_locked` where it cannot be opened. */
  secret(workspaceId: string, name: string): Promise<NamedSecret | undefined>;
}

/** An installation without stored connections: the environment is all there is. */
export const noSource: ConnectionSource = {
  access: () => nothing,
  secret: () => Promise.resolve(undefined),
};
const nothing: WorkspaceAccess = { connections: [], defaultModel: undefined, faults: new Map() };

export interface WorkspaceRegistryOptions {
  source: ConnectionSource;
  /** Connections of the environment. */
  own: readonly Connection[];
  ownDefault: string | undefined;
  open(connections: readonly Connection[], defaultModel: string | undefined): Registry;
}

/** What `auto` and `connection/model` mean in each workspace, by what it may use at that moment. */
export function createWorkspaceRegistries({ source, own, ownDefault, open }: WorkspaceRegistryOptions): (workspaceId: string) => Registry {
  const opened = new WeakMap<WorkspaceAccess, Registry>();

  const registryOf = (access: WorkspaceAccess): Registry => {
    const known = opened.get(access);
    if (known !== undefined) return known;
    const names = new Set(access.connections.map(({ id }) => id));
    const all = [...access.connections, ...own.filter(({ id }) => !names.has(id))];
    const defaultModel = access.defaultModel ?? ownDefault;
    const usable = all.filter(({ id }) => !access.faults.has(id));
    const whole = open(all, defaultModel);
    const made = usable.length === all.length ? whole : refusing(whole, access.faults, open(usable, defaultModel));
    opened.set(access, made);
    return made;
  };

  return (workspaceId) => {
    const current = <Result>(use: (registry: Registry) => Result | Promise<Result>): Result | Promise<Result> => {
      const access = source.access(workspaceId);
      return access instanceof Promise ? access.then((found) => use(registryOf(found))) : use(registryOf(access));
    };
    return {
      choose: (name, what) => current((registry) => registry.choose(name, what)),
      know: (name) => current((registry) => registry.know(name)),
      list: async () => await current<ModelListing[]>((registry) => registry.list()),
      usual: (what) => current((registry) => registry.usual(what)),
    };
  };
}

/** A connection whose key cannot be opened must fail, not fall through to the demo model or to another one. It is not asked for its list. */
function refusing(registry: Registry, faults: ReadonlyMap<string, string>, usable: Registry): Registry {
  const judge = (choice: Choice): Choice => {
    const provider = choice.route.provider.id;
    const reason = faults.get(provider);
    if (reason !== undefined) throw new ModelError('auth', reason, { provider });
    return choice;
  };
  return {
    choose: (name, what) => {
      const choice = registry.choose(name, what);
      return choice instanceof Promise ? choice.then(judge) : judge(choice);
    },
    know: registry.know,
    list: usable.list,
    usual: usable.usual,
  };
}
