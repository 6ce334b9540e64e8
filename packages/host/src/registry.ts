import {
  type Capability,
  createDemoProvider,
  ModelError,
  type ModelProvider,
  type OutboundRequest,
  type PriceOverrides,
} from '@patchbay/models';
import { LRUCache } from 'lru-cache';
import { type Connection, providerOf } from './connections.ts';
import type { Outbound } from './outbound/outbound.ts';

/** A provider with its way out and its prices. */
export interface Route {
  provider: ModelProvider;
  request: OutboundRequest;
  tableProvider: string | undefined;
  /** Where it goes; answers of one address are not those of another. */
  address?: string | undefined;
}

/** The model a request means: where it goes and what it is called there. */
export interface Choice {
  route: Route;
  model: string;
  /** What to ask next, in order, where this one cannot be had. */
  fallbacks?: readonly string[] | undefined;
}

/** A model a person can choose. */
export interface ModelListing {
  id: string;
  provider: string;
  simulated: boolean;
}

export interface Registry {
  /**
   * Reads `auto`, `provider` or `provider/model`. At once where nothing has to be asked. Throws `auth`/`no_connection`.
   * With `what`, a name without a model means the provider's usual one for that, and `auto` the first that does it.
   */
  choose(name: string, what?: Capability): Choice | Promise<Choice>;
  /** What a name means as far as it is known without asking anybody. Fails only where it must not be used by whoever asks. */
  know(name: string): Known | Promise<Known>;
  list(): Promise<ModelListing[]>;
  /** The usual model for that of every connection that has one, as `provider/model`. */
  usual(what: Capability): string[] | Promise<string[]>;
}

/** A model that may be there or not. */
export interface Known {
  provider: string;
  /** Empty where only the provider could say it. */
  model: string;
  tableProvider: string | undefined;
}

export interface RegistryOptions {
  connections: readonly Connection[];
  outbound: Outbound;
  demoDelayMs: number | undefined;
  /** What `auto` means, where a workspace says so: `provider/model`. */
  defaultModel: string | undefined;
  /** What `auto` falls back to, in order, as `provider/model`. */
  fallbackModels?: readonly string[] | undefined;
  /** Models in this process, where there are some. */
  local?: ModelProvider | undefined;
  /** How long the list waits for what nobody set up. */
  foundMs?: number | undefined;
  prices: PriceOverrides | undefined;
}

const listTimeoutMs = 5_000;
/** What nobody set up, an Ollama on this machine, is offered where it answers as fast as something that runs there. */
const usualFoundMs = 300;
const listKeptMs = 60_000;

export function createRegistry(options: RegistryOptions): Registry {
  const { connections, foundMs = usualFoundMs } = options;
  const routes = openRoutes(options);
  const auto = options.defaultModel ?? connections.find((connection) => connection.auto)?.id ?? 'demo';
  const chosen = new Map<string, Choice>();
  const firstModel = rememberFirstModels();

  const autoFor = (what: Capability): Choice => {
    const order = [auto.split('/')[0] ?? '', ...connections.filter((connection) => connection.auto).map(({ id }) => id)];
    for (const id of order) {
      const route = routes.get(id);
      const model = route?.provider.usual?.[what];
      if (route !== undefined && model !== undefined) return { route, model };
    }
    return fail('invalid_input', `no_${what}`, { provider: order[0] ?? 'demo' });
  };

  const chooseFor = (name: string, what: Capability): Choice => {
    if (name === '' || name === 'auto') return autoFor(what);
    const [provider = '', ...rest] = name.split('/');
    const route = routes.get(provider) ?? fail('auth', 'no_connection', { provider: provider.slice(0, 100) });
    const model = rest.join('/') || route.provider.usual?.[what];
    return model === undefined ? fail('invalid_input', `no_${what}`, { provider }) : { route, model };
  };

  const split = (name: string): { provider: string; route: Route | undefined; model: string | undefined } => {
    const wanted = name === '' || name === 'auto' ? auto : name;
    const slash = wanted.indexOf('/');
    const provider = slash === -1 ? wanted : wanted.slice(0, slash);
    const route = routes.get(provider);
    return { provider, route, model: slash === -1 ? route?.provider.defaultModel : wanted.slice(slash + 1) };
  };

  const choose = (name: string, what?: Capability): Choice | Promise<Choice> => {
    if (what !== undefined) return chooseFor(name, what);
    const known = chosen.get(name);
    if (known !== undefined) return known;
    const fallbacks = name === '' || name === 'auto' ? options.fallbackModels : undefined;
    const { provider, route, model } = split(name);
    if (route === undefined) return fail('auth', 'no_connection', { provider: provider.slice(0, 100) });
    if (model === undefined || model === '') return firstModel(route).then((first) => ({ route, model: first, fallbacks }));
    const choice = { route, model, fallbacks };
    // Names come from flows; a few are used again and again, the rest need not be remembered.
    if (chosen.size < 1_000) chosen.set(name, choice);
    return choice;
  };

  const listed = rememberLists();
  const listLocal = async (): Promise<ModelListing[]> => {
    const names = (await options.local?.listModels({ signal: AbortSignal.timeout(listTimeoutMs), request: nowhere }).catch(() => [])) ?? [];
    return names.map((name) => ({ id: `local/${name}`, provider: 'local', simulated: false }));
  };
  const listOne = async (connection: Connection): Promise<ModelListing[]> => {
    const route = routes.get(connection.id);
    const names = route === undefined ? [] : await listed(route);
    const all = connection.model === undefined ? names : [connection.model, ...names];
    return [...new Set(all)].map((model) => ({ id: `${connection.id}/${model}`, provider: connection.id, simulated: false }));
  };

  const list = async (): Promise<ModelListing[]> => {
    const real = await Promise.all(
      connections.map((connection) =>
        connection.auto || connection.model !== undefined ? listOne(connection) : within(foundMs, listOne(connection), []),
      ),
    );
    const provider = auto.split('/')[0] ?? 'demo';
    const demos = ['demo/auto', 'demo/echo'].map((id) => ({ id, provider: 'demo', simulated: true }));
    return [{ id: 'auto', provider, simulated: provider === 'demo' }, ...real.flat(), ...(await listLocal()), ...demos];
  };

  const know = (name: string): Known => {
    const { provider, route, model = '' } = split(name);
    return { provider, model, tableProvider: route?.tableProvider };
  };

  const usual = (what: Capability): string[] =>
    connections.flatMap(({ id }) => {
      const model = routes.get(id)?.provider.usual?.[what];
      return model === undefined ? [] : [`${id}/${model}`];
    });

  return { choose, know, list, usual };
}

/** What runs in this process goes nowhere. */
const nowhere: OutboundRequest = () => Promise.reject(new ModelError('internal', 'demo_is_offline'));

function openRoutes({ connections, outbound, demoDelayMs, prices, local }: RegistryOptions): ReadonlyMap<string, Route> {
  const demo: Route = {
    provider: createDemoProvider(demoDelayMs === undefined ? {} : { delayMs: demoDelayMs }),
    request: nowhere,
    tableProvider: undefined,
  };
  const inside: [string, Route][] = local === undefined ? [] : [['local', { provider: local, request: nowhere, tableProvider: undefined }]];
  const real = connections.map((connection): [string, Route] => [
    connection.id,
    {
      provider: providerOf(connection, prices),
      request: (request) => outbound.request({ kind: 'model', connection }, request),
      tableProvider: connection.tableProvider,
      address: connection.baseUrl,
    },
  ]);
  return new Map([['demo', demo], ...inside, ...real]);
}

const modelsOf = (route: Route): Promise<string[]> =>
  route.provider.listModels({ signal: AbortSignal.timeout(listTimeoutMs), request: route.request });

/** The answer, or `otherwise` where it takes longer. */
function within<Value>(ms: number, answer: Promise<Value>, otherwise: Value): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(otherwise), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** What a provider lists, asked at most once a minute. One that does not answer lists nothing, and is asked again. */
function rememberLists(): (route: Route) => Promise<string[]> {
  const known = new LRUCache<string, string[]>({ max: 100, ttl: listKeptMs });
  return async (route) => {
    const names = known.get(route.provider.id) ?? (await modelsOf(route).catch(() => []));
    if (names.length > 0) known.set(route.provider.id, names, { noUpdateTTL: true });
    return names;
  };
}

/** The first model a provider lists, asked once; a provider that was down is asked again. */
function rememberFirstModels(): (route: Route) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return (route) => {
    const { id } = route.provider;
    const asked = known.get(id) ?? modelsOf(route).then((models) => models[0] ?? fail('invalid_input', 'no_model', { provider: id }));
    known.set(id, asked);
    asked.catch(() => known.delete(id));
    return asked;
  };
}

function fail(...[errorClass, reason, params]: ConstructorParameters<typeof ModelError>): never {
  throw new ModelError(errorClass, reason, params);
}
