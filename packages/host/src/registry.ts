import { createDemoProvider, ModelError, type ModelProvider, type OutboundRequest, type PriceOverrides } from '@patchbay/models';
import { type Connection, providerOf } from './connections.ts';
import type { Outbound } from './outbound/outbound.ts';

/** A provider with its way out and its prices. */
export interface Route {
  provider: ModelProvider;
  request: OutboundRequest;
  tableProvider: string | undefined;
}

/** The model a request means: where it goes and what it is called there. */
export interface Choice {
  route: Route;
  model: string;
}

/** A model a person can choose. */
export interface ModelListing {
  id: string;
  provider: string;
  simulated: boolean;
}

export interface Registry {
  /** Reads `auto`, `provider` or `provider/model`. At once where nothing has to be asked. Throws `auth`/`no_connection`. */
  choose(name: string): Choice | Promise<Choice>;
  list(): Promise<ModelListing[]>;
}

export interface RegistryOptions {
  connections: readonly Connection[];
  outbound: Outbound;
  demoDelayMs: number | undefined;
  /** What `auto` means, where a workspace says so: `provider/model`. */
  defaultModel: string | undefined;
  prices: PriceOverrides | undefined;
}

const listTimeoutMs = 5_000;

export function createRegistry({ connections, outbound, demoDelayMs, defaultModel, prices }: RegistryOptions): Registry {
  const offline: OutboundRequest = () => Promise.reject(new ModelError('internal', 'demo_is_offline'));
  const demo: Route = {
    provider: createDemoProvider(demoDelayMs === undefined ? {} : { delayMs: demoDelayMs }),
    request: offline,
    tableProvider: undefined,
  };
  const routes = new Map<string, Route>([['demo', demo]]);
  for (const connection of connections) {
    routes.set(connection.id, {
      provider: providerOf(connection, prices),
      request: (request) => outbound.request({ kind: 'model', connection }, request),
      tableProvider: connection.tableProvider,
    });
  }
  const auto = defaultModel ?? connections.find((connection) => connection.auto)?.id ?? 'demo';
  const chosen = new Map<string, Choice>();
  const firstModels = new Map<string, Promise<string>>();

  const modelsOf = (route: Route): Promise<string[]> =>
    route.provider.listModels({ signal: AbortSignal.timeout(listTimeoutMs), request: route.request });

  const firstModel = (route: Route): Promise<string> => {
    const { id } = route.provider;
    const asked = firstModels.get(id) ?? modelsOf(route).then((models) => models[0] ?? fail('invalid_input', 'no_model', { provider: id }));
    firstModels.set(id, asked);
    // A provider that was down when first asked is asked again.
    asked.catch(() => firstModels.delete(id));
    return asked;
  };

  const choose = (name: string): Choice | Promise<Choice> => {
    const known = chosen.get(name);
    if (known !== undefined) return known;
    const wanted = name === '' || name === 'auto' ? auto : name;
    const slash = wanted.indexOf('/');
    const provider = slash === -1 ? wanted : wanted.slice(0, slash);
    const route = routes.get(provider);
    if (route === undefined) return fail('auth', 'no_connection', { provider: provider.slice(0, 100) });
    const model = slash === -1 ? route.provider.defaultModel : wanted.slice(slash + 1);
    if (model === undefined || model === '') return firstModel(route).then((first) => ({ route, model: first }));
    const choice = { route, model };
    // Names come from flows; a few are used again and again, the rest need not be remembered.
    if (chosen.size < 1_000) chosen.set(name, choice);
    return choice;
  };

  const listOne = async (connection: Connection): Promise<ModelListing[]> => {
    const route = routes.get(connection.id) ?? demo;
    const listed = await modelsOf(route).catch(() => []);
    const all = connection.model === undefined ? listed : [connection.model, ...listed];
    return [...new Set(all)].map((model) => ({ id: `${connection.id}/${model}`, provider: connection.id, simulated: false }));
  };

  const list = async (): Promise<ModelListing[]> => {
    const asked = connections.filter((connection) => connection.auto || connection.model !== undefined);
    const real = await Promise.all(asked.map(listOne));
    const provider = auto.split('/')[0] ?? 'demo';
    const simulated = provider === 'demo';
    const demos = ['demo/auto', 'demo/echo'].map((id) => ({ id, provider: 'demo', simulated: true }));
    return [{ id: 'auto', provider, simulated }, ...real.flat(), ...demos];
  };

  return { choose, list };
}

function fail(...[errorClass, reason, params]: ConstructorParameters<typeof ModelError>): never {
  throw new ModelError(errorClass, reason, params);
}
