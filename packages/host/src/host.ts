import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Locale } from '@patchbay/flow';
import { type Capability, ModelError, type PriceOverrides } from '@patchbay/models';
import type { Log, Models, StepHandle, World } from '@patchbay/node-kit';
import { type AnswerStore, createAnswers } from './answers/answers.ts';
import { createCodeRunner } from './code/code-runner.ts';
import { type ConnectionSource, createWorkspaceRegistries, noSource } from './connection-source.ts';
import { type Connection, connectionsFromEnvironment } from './connections.ts';
import { type ConversationStore, createConversations, createProcessConversations, type TalkingFlow } from './conversations.ts';
import type { FileStore } from './files/file-store.ts';
import { filesOfStep } from './files/files-of-step.ts';
import { rehearsingFiles } from './files/rehearsing-files.ts';
import { type FindSecret, httpOfStep } from './http-of-step.ts';
import { type KnowledgeStore, knowledgeOfStep, rehearsingKnowledge } from './knowledge-of-step.ts';
import { createGate } from './limits/gate.ts';
import type { Purse } from './limits/purse.ts';
import { readCount } from './limits/read-number.ts';
import { createLocalProvider } from './local-models/local-provider.ts';
import { mcpOfStep } from './mcp/mcp-of-step.ts';
import { createProcessMemory, type MemoryStore, memoryOf } from './memory.ts';
import { type ModelAccess, modelsOfStep } from './models-of-step.ts';
import { createOutbound, type Outbound } from './outbound/outbound.ts';
import { pricesFromEnvironment } from './prices-from-environment.ts';
import { type ProbeOptions, probe } from './probe.ts';
import { createRegistry, type ModelListing } from './registry.ts';
import { rehearsingModels } from './rehearsing-models.ts';
import { rehearsingMcp } from './rehearsing-tools.ts';
import { rehearsingWait, waitOfStep } from './wait-of-step.ts';

/** A line a node wrote. Never holds prompts, answers or bodies. */
export interface LogLine {
  level: 'info' | 'warn';
  message: string;
  run: string;
  node: string;
  fields: Parameters<Log>[2];
}

export interface HostOptions {
  /** Where keys and addresses of providers are read from. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Instead of those of the environment. */
  connections?: readonly Connection[];
  /** What `auto` means where the workspace did not choose: `provider/model`. */
  defaultModel?: string;
  /** What `auto` falls back to, in order. Both come before `PATCHBAY_AUTO_MODELS`. */
  fallbackModels?: readonly string[];
  /** Connections and secrets that workspaces have besides. */
  source?: ConnectionSource;
  outbound?: Outbound;
  /** Instead of those of the environment. */
  prices?: PriceOverrides;
  /** Where nodes keep what they made before, such as translations. Absent: in the process. */
  memory?: MemoryStore;
  /** Where documents of workspaces are kept; absent means nowhere. */
  knowledge?: KnowledgeStore;
  /** Where files are kept; absent means they travel with their content in them. */
  files?: FileStore;
  /** Where talks with flows are kept. Absent: in the process. */
  conversations?: ConversationStore;
  /** Where answers that may be given again outlive the process; absent means in memory only. */
  answerStore?: AnswerStore;
  onTrouble?: (code: string, error: unknown) => void;
  log?: (line: LogLine) => void;
  now?: () => number;
  random?: () => number;
}

export interface WorldOptions {
  locale: Locale;
  /**
   * False where nobody reads the run as it goes: nodes that stream then get whole answers from providers, which costs
   * both sides less and can still be tried again when it breaks off.
   */
  streaming?: boolean;
  /** Whose run it is: its connections and secrets, kept answers and what nodes remember are its own. Absent for a run that belongs to no workspace. */
  workspace?: string;
  /** Whoever started the run manages the workspace, so what is reserved for these may be used. Absent: does not. */
  manages?: boolean;
  /** Whose talks its steps remember. Absent: those of no flow in particular. */
  flow?: TalkingFlow | undefined;
  /** The budgets of this run, each of which every call must fit into. */
  purses?: readonly Purse[];
}

export interface RehearsalOptions extends Pick<WorldOptions, 'locale' | 'workspace' | 'manages'> {
  /** Models call the tools they are offered whenever they may; else they answer at once. */
  useTools?: boolean;
  /** Told when a model is offered tools. */
  onTools?: () => void;
}

export interface Host {
  /** What one run may touch. */
  world(options: WorldOptions): World;
  /** A world in which nobody is called: models report what they would cost, everything else outside fails. */
  rehearsal(options: RehearsalOptions): World;
  /** `auto`, every model of every connection that may be used, the demo models. A provider that does not answer is left out. */
  models(workspace?: string, manages?: boolean): Promise<ModelListing[]>;
  /** The usual model for that of each connection that has one, as `provider/model`. Nobody is asked. */
  usualModels(what: Capability, workspace?: string, manages?: boolean): Promise<string[]>;
  /** Tries a connection, stored or not. Answers its models, or rejects with a ModelError that says what is wrong. */
  probe(connection: Connection, options?: ProbeOptions): Promise<string[]>;
  /** The connections of the environment, without their keys. */
  environment: readonly Omit<Connection, 'apiKey'>[];
  /** What `auto` means where a workspace did not choose; absent means the first connection. */
  defaultModel: string | undefined;
  outbound: Outbound;
  close(): Promise<void>;
}

/** Calls that may wait for one model; more are refused, so that memory is bounded. */
const mostWaiting = 1_000;

export function createHost(options: HostOptions = {}): Host {
  const env = options.env ?? {};
  const outbound = options.outbound ?? createOutbound({ allowedPrivateHosts: (env['PATCHBAY_ALLOWED_PRIVATE_HOSTS'] ?? '').split(',') });
  const { source = noSource } = options;
  const prices = options.prices ?? pricesFromEnvironment(env);
  const [autoModel, ...autoFallbacks] = (env['PATCHBAY_AUTO_MODELS'] ?? '').split(',').flatMap((name) => name.trim() || []);
  const defaultModel = options.defaultModel ?? autoModel;
  const local = localModels(env);
  const own = options.connections ?? connectionsFromEnvironment(env);
  const registries = createWorkspaceRegistries({
    source,
    own,
    ownDefault: defaultModel,
    open: (connections, chosen) =>
      createRegistry({
        connections,
        outbound,
        demoDelayMs: readDelay(env['PATCHBAY_DEMO_DELAY_MS']),
        defaultModel: chosen,
        fallbackModels: options.fallbackModels ?? (autoFallbacks.length > 0 ? autoFallbacks : undefined),
        prices,
        local,
      }),
  });
  const gate = createGate({ name: 'model_calls', most: readCount(env, 'PATCHBAY_MAX_CALLS_PER_MODEL', 100), waiting: mostWaiting });
  const { now = Date.now, random = Math.random, memory = createProcessMemory() } = options;
  const answers = createAnswers({ store: options.answerStore, now, onTrouble: options.onTrouble });
  const conversations = createConversations(options.conversations ?? createProcessConversations(now));
  const code = createCodeRunner();

  const logOf =
    (step: StepHandle): Log =>
    (level, message, fields) =>
      options.log?.({ level, message, run: step.run, node: step.node, fields });

  const access = ({ streaming = true, workspace = nowhere, manages = false, purses = [] }: WorldOptions): ModelAccess => ({
    registry: registries(workspace, manages),
    prices,
    streaming,
    gate,
    purses,
    answers,
    workspaceId: workspace,
  });
  const secretsFor =
    ({ workspace = nowhere, manages = false }: WorldOptions): FindSecret =>
    async (name) => {
      const secret = await source.secret(workspace, name);
      if (secret?.reserved === true && !manages) throw new ModelError('auth', 'secret_reserved', { secret: name.slice(0, 100) });
      return secret;
    };
  const knowledgeIn = (workspace: string, models: World['models'], of = knowledgeOfStep): Pick<World, 'knowledge'> =>
    options.knowledge === undefined ? {} : { knowledge: of(options.knowledge, workspace, models) };

  return {
    world: (of) => {
      const { locale, workspace = nowhere, flow = noFlow } = of;
      const models = (step: StepHandle): Models => modelsOfStep(step, access(of));
      const findSecret = secretsFor(of);
      return {
        locale,
        models,
        http: (step) => httpOfStep(step, outbound, findSecret),
        mcp: (step) => mcpOfStep(step, outbound, findSecret),
        code: (step) => ({ run: (request) => code.run(request, step.signal) }),
        files: (step) => filesOfStep(step, workspace === nowhere ? undefined : options.files, workspace),
        log: logOf,
        memory: (step) => memoryOf(memory, workspace, () => logOf(step)('warn', 'memory_unavailable')),
        ...knowledgeIn(workspace, models),
        conversations: (step) => conversations(step, workspace, flow),
        wait: (step, request) => waitOfStep(step, request, now),
        turn: nextTurn,
        now,
        random,
      };
    },
    rehearsal: ({ locale, workspace = nowhere, manages = false, useTools = false, onTools = nothing }) => {
      const registry = registries(workspace, manages);
      const findSecret = secretsFor({ locale, workspace, manages });
      const models: World['models'] = (step) => rehearsingModels(step, { registry, prices, useTools, onTools });
      return {
        locale,
        models,
        files: (step) => rehearsingFiles(filesOfStep(step, workspace === nowhere ? undefined : options.files, workspace)),
        http: () => ({
          request: async ({ secrets = {} }) => {
            await Promise.all(Object.values(secrets).map(findSecret));
            throw new ModelError('internal', 'rehearsal');
          },
        }),
        mcp: () => rehearsingMcp,
        wait: rehearsingWait,
        ...knowledgeIn(workspace, models, rehearsingKnowledge),
        log: () => () => undefined,
        turn: nextTurn,
        now,
        random,
      };
    },
    models: (workspace = nowhere, manages = false) => registries(workspace, manages).list(),
    usualModels: async (what, workspace = nowhere, manages = false) => await registries(workspace, manages).usual(what),
    probe: (connection, asked) => probe(connection, outbound, asked),
    defaultModel,
    environment: own.map(({ apiKey: _apiKey, ...connection }) => connection),
    outbound,
    close: async () => {
      await Promise.all([outbound.close(), code.close(), local?.close()]);
    },
  };
}

/** Off unless a folder is named; like the data folder it is relative to where the command was started. */
function localModels(env: NonNullable<HostOptions['env']>): ReturnType<typeof createLocalProvider> | undefined {
  const folder = env['PATCHBAY_LOCAL_MODELS']?.trim() ?? '';
  return folder === '' ? undefined : createLocalProvider({ folder: resolve(env['INIT_CWD'] ?? '', folder) });
}

const nothing = (): void => undefined;

/** The id of no workspace. */
const nowhere = '';
const noFlow: TalkingFlow = { id: '' };

function readDelay(value: string | undefined): number | undefined {
  const delay = Number(value);
  return value === undefined || value.trim() === '' || !Number.isFinite(delay) || delay < 0 ? undefined : delay;
}
