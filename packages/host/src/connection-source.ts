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
  /** Ids of connections that only those may use who manage the workspace. */
  reserved: ReadonlySet<string>;
}

/** A secret that an HTTP step names. */
export interface NamedSecret {
  /** The whole value of the header. */
  value: string;
  /** The only origin it may be sent to. */
  origin: string;
  /** Only those may use it who manage the workspace. */
  reserved: boolean;
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
const nothing: WorkspaceAccess = { connections: [], defaultModel: undefined, faults: new Map(), reserved: new Set() };

export interface WorkspaceRegistryOptions {
  source: ConnectionSource;
  /** Connections of the environment. */
  own: readonly Connection[];
  ownDefault: string | undefined;
  open(connections: readonly Connection[], defaultModel: string | undefined): Registry;
}

/** The connections of a workspace as somebody sees them who manages it or does not. */
export type RegistryFor = (workspaceId: string, manages: boolean) => Registry;

/** What `auto` and `connection/model` mean in each workspace, by what may be used at that moment. */
export function createWorkspaceRegistries({ source, own, ownDefault, open }: WorkspaceRegistryOptions): RegistryFor {
  const allOf = ({ connections }: WorkspaceAccess): Connection[] => {
    const names = new Set(connections.map(({ id }) => id));
    return [...connections, ...own.filter(({ id }) => !names.has(id))];
  };
  const openAll = (all: readonly Connection[], faults: WorkspaceAccess['faults'], defaultModel: string | undefined): Registry => {
    const usable = all.filter(({ id }) => !faults.has(id));
    const whole = open(all, defaultModel);
    return usable.length === all.length ? whole : refusing(whole, faults, open(usable, defaultModel));
  };
  const forManagers = remember((access) => openAll(allOf(access), access.faults, access.defaultModel ?? ownDefault));
  const forOthers = remember((access) => {
    const { faults, reserved } = access;
    if (reserved.size === 0) return forManagers(access);
    const wanted = [access.defaultModel, ownDefault].filter((model) => model !== undefined);
    const chosen = wanted.find((model) => !reserved.has(connectionIn(model)));
    const rest = allOf(access).filter(({ id }) => !reserved.has(id));
    const auto = chosen !== undefined || rest.some((connection) => connection.auto);
    return withReserved(openAll(rest, faults, chosen), reserved, auto ? undefined : connectionIn(wanted[0] ?? [...reserved][0] ?? ''));
  });

  return (workspaceId, manages) => {
    const registryOf = manages ? forManagers : forOthers;
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

/** Once per access: a new one is there when something changed. */
function remember(make: (access: WorkspaceAccess) => Registry): (access: WorkspaceAccess) => Registry {
  const made = new WeakMap<WorkspaceAccess, Registry>();
  return (access) => {
    const known = made.get(access) ?? make(access);
    made.set(access, known);
    return known;
  };
}

/** The connection of `connection/model`. */
const connectionIn = (name: string): string => name.split('/', 1)[0] ?? name;

/**
 * The registry without what is reserved, which fails by its name instead of being unknown. `instead` is what `auto` would
 * have to mean: where nothing else is left, the demo model does not take its place.
 */
function withReserved(rest: Registry, reserved: ReadonlySet<string>, instead: string | undefined): Registry {
  const refuse = (name: string): void => {
    const connection = name === '' || name === 'auto' ? instead : connectionIn(name);
    if (connection !== undefined && reserved.has(connection)) throw new ModelError('auth', 'connection_reserved', { connection });
  };
  return {
    choose: (name, what) => {
      refuse(name);
      return rest.choose(name, what);
    },
    know: (name) => {
      refuse(name);
      return rest.know(name);
    },
    list: async () => (await rest.list()).filter(({ id }) => id !== 'auto' || instead === undefined),
    usual: rest.usual,
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
