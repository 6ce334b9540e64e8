/**
 * The shapes of the management API: what services answer, routes send and the editor reads.
 * Types only, so that the editor can import them without a line of server code.
 */
import type { FlowDocument, Json, Problem } from '@patchbay/flow';
import type { Failure, ReusedStep, RunResult, RunStatus, StepStatus, UsageTotal, ValueOrigin, WaitField } from '@patchbay/node-kit';

/** A draft as it is read and saved. `etag` guards saves: send it back as `If-Match`. */
export interface FlowResource {
  id: string;
  slug: string;
  etag: string;
  flow: FlowDocument;
  /** The newest published version, null before the first. */
  published: VersionResource | null;
  /** ISO 8601. */
  updatedAt: string;
}

/** A row of the list of flows. */
export interface FlowSummary {
  id: string;
  slug: string;
  name: string;
  nodeCount: number;
  publishedVersion: number | null;
  lastRun: { id: string; status: RunStatus; at: string; simulated: boolean } | null;
  /** Calls of the endpoint in the last 24 hours. */
  calls24h: number;
  updatedAt: string;
}

export interface VersionResource {
  version: number;
  slug: string;
  /** Path of the endpoint, for example `/v1/flows/support/runs`. */
  endpoint: string;
  publishedAt: string;
  /** Semantic hash of its document: a draft of the same hash runs the same. */
  hash: string;
}
/** A published version with what was published. */
export interface VersionDetail extends VersionResource {
  flow: FlowDocument;
}

/** A problem with its sentence in the reader's language. */
export interface ProblemResource extends Problem {
  message: string;
}
export interface CheckResource {
  problems: ProblemResource[];
}

/** The least and the most over all routes a run can take, and from one turn of an agent to all it is allowed. */
export interface EstimateRange {
  least: number;
  most: number;
}
interface EstimateFigures {
  calls: EstimateRange;
  inputTokens: EstimateRange;
  outputTokens: EstimateRange;
  /** Null where the price of a model is not known. */
  costUsd: EstimateRange | null;
}
export interface StepEstimate extends EstimateFigures {
  node: string;
  /** `provider/model`. */
  model: string;
}
/** What a run would ask of models, reckoned before it runs. */
export interface EstimateResource extends EstimateFigures {
  /** The demo model would answer at least one step. */
  simulated: boolean;
  /** False where there are more routes than were looked at, or a route could not be followed to its end. */
  complete: boolean;
  /** The steps that ask a model. */
  steps: StepEstimate[];
}

/** A failure with its sentence and, where there is one, what to do about it. */
export interface FailureResource extends Failure {
  message: string;
  fix?: string;
}

/** What a finished run answers: the body of a run call and of `GET /api/runs/{id}`. */
export interface RunResource {
  outputs: Record<string, Json>;
  run: {
    id: string;
    status: RunStatus;
    durationMs: number;
    usage: UsageTotal;
    simulated?: boolean;
    empty?: boolean;
    /** The sentence that says why every output was skipped. */
    reason?: string;
    /** Steps that were not executed because their values were known, with where these come from and how old they were. */
    reused?: ReusedStep[];
  };
}

/** How a run stands: what it has come to, or how far it is. */
export interface RunState extends RunResource {
  startedAt: string;
  error?: FailureResource;
  /** What the run waits for, while it does. */
  waits?: WaitResource[];
}

/** What a flow remembers of one talk. Times are ISO 8601. */
export interface ConversationResource {
  id: string;
  /** Oldest first. */
  messages: { role: 'user' | 'assistant'; content: string; at: string }[];
  /** What stands for the oldest of them before a model; empty where all are read. */
  summary: string;
  updatedAt: string;
  /** When it is forgotten, unless it goes on. */
  endsAt: string;
}

/** What a run waits for. */
export interface WaitResource {
  id: string;
  node: string;
  scope: string;
  kind: 'person' | 'time';
  /** When it ends by itself, ISO 8601; null for never. */
  until: string | null;
  /** What a person is asked, and the fields of the answer. */
  message?: string;
  fields?: WaitField[];
}

/** A stored run with its steps. */
export interface RunDetail extends RunResource {
  flowId: string;
  flowName: string;
  /** Null for a test run of the draft. */
  version: number | null;
  source: RunSource;
  startedAt: string;
  inputs: Record<string, Json>;
  error?: FailureResource;
  steps: StepResource[];
  /** The run it replays: with the flow of then (`recorded`), or with the draft. */
  replay?: { run: string; version: 'recorded' | 'draft' };
  /** Personal data is hidden in it: values are labels. */
  masked?: true;
  /** What the run waits for, while it does. */
  waits?: WaitResource[];
}
/** `replay`: it answers from the record of another run. */
export type RunSource = 'test' | 'api' | 'cli' | 'replay';

export interface StepResource {
  node: string;
  scope: string;
  status: StepStatus;
  atMs: number;
  durationMs: number;
  outputs?: Record<string, Json>;
  usage?: UsageTotal;
  model?: string;
  simulated?: boolean;
  /** An answer of a model was given again. */
  cached?: boolean;
  error?: FailureResource;
  reason?: { code: string; node: string; port?: string };
  /** It was not executed: its end is known from before. */
  recalled?: true;
  /** Where its values come from, where they are not this run's own. */
  origin?: ValueOrigin;
}

/** Values that are pinned to a step of a draft. */
export interface PinResource {
  node: string;
  /** By output port; a port that is absent is closed. */
  outputs: Record<string, Json>;
  /** ISO 8601. */
  pinnedAt: string;
}
export interface PinList {
  pins: PinResource[];
}

export interface RunSummary {
  id: string;
  flowId: string;
  flowName: string;
  version: number | null;
  source: RunSource;
  status: RunStatus;
  startedAt: string;
  durationMs: number;
  usage: UsageTotal;
  simulated: boolean;
}

export const keyScopes = ['run', 'read', 'manage'] as const;
export type KeyScope = (typeof keyScopes)[number];

export interface KeyResource {
  id: string;
  name: string;
  /** Prefix and last four characters; the rest is known only to who made it. */
  hint: string;
  scopes: KeyScope[];
  /** Today's slugs of the flows this key may run, without those that were deleted; absent means all of the workspace. */
  flows?: string[];
  /** What it may use at most; absent means no more than its workspace. Money in US dollars, periods in UTC. */
  limits?: {
    costPerDayUsd?: number | undefined;
    costPerMonthUsd?: number | undefined;
    runsAtOnce?: number | undefined;
    runsPerMinute?: number | undefined;
  };
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}
/** Answered once, when a key is made. */
export interface NewKeyResource extends KeyResource {
  key: string;
}

/** A provider that a connection can be made to. */
export interface ProviderResource {
  id: string;
  title: string;
  /** How its keys begin, for guessing; the longest that fits says most. */
  keyPrefixes: string[];
  /** Where a person gets a key. */
  keyUrl: string | null;
  needsKey: boolean;
  /** It has no address of its own. */
  needsBaseUrl: boolean;
  /** Its own address. */
  baseUrl: string | null;
  /** How its key is entered: one line, an id with its secret, or a file. */
  keyForm: KeyForm;
  /** What it asks for in its own words; empty where a key and, if need be, an address are all. */
  fields: ProviderField[];
}
export type KeyForm = 'line' | 'pair' | 'file';
export type ProviderPart = 'key' | 'baseUrl' | 'region' | 'model';
export interface ProviderField {
  part: ProviderPart;
  title: string;
  help: string;
  example: string;
  required: boolean;
}
export interface ProviderList {
  providers: ProviderResource[];
}

export const credentialKinds = ['provider', 'secret'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** Whose runs may use a connection or a secret: everybody's, or those of people who manage the workspace. */
export const usableBy = ['everyone', 'managers'] as const;
export type UsableBy = (typeof usableBy)[number];

/** A stored right to use a provider (`provider`) or a header's value for HTTP steps (`secret`). Its secret is never answered. */
export interface CredentialResource {
  id: string;
  kind: CredentialKind;
  /** What flows call it; it never changes. */
  name: string;
  title: string;
  provider: string | null;
  /** The only origin its secret is sent to, besides that of Vertex AI's tokens and of Bedrock's ranking. */
  origin: string;
  /** Absent where the provider's own address is meant. */
  baseUrl: string | null;
  /** Of clouds: where in the cloud; null where its usual place is meant. */
  region: string | null;
  /** What a bare name means. */
  model: string | null;
  /** The end of the secret, or of the id it goes with, behind a mask; null where there is none. */
  hint: string | null;
  createdAt: string;
  /** When its secret was last set. */
  changedAt: string;
  lastTest: CredentialTest | null;
  usableBy: UsableBy;
  /** `auto` means this connection now. */
  isAuto: boolean;
  usedBy: CredentialUse[];
}
/** How a live test ended. */
export type CredentialTest = { at: string; milliseconds: number } & (
  | { ok: true /** How many models it lists; 0 where it has no list. */; models: number }
  | { ok: false; error: FailureResource }
);
/** A flow that names a credential: in how many steps of its draft, and whether its published version does. */
export interface CredentialUse {
  id: string;
  name: string;
  slug: string;
  steps: number;
  published: boolean;
  /** A step names it itself; else steps say Automatic, which means it now. */
  named: boolean;
}
/** A connection that the environment names. */
export interface EnvironmentConnection {
  name: string;
  baseUrl: string;
  model: string | null;
  isAuto: boolean;
}
export interface CredentialList {
  credentials: CredentialResource[];
  environment: EnvironmentConnection[];
  /** What `auto` means where somebody chose. */
  defaultModel: string | null;
}
/** What was found on this machine. */
export interface OllamaResource {
  found: boolean;
  models: string[];
}

export interface TemplateResource {
  id: string;
  name: { en: string; 'zh-Hans': string };
  summary: { en: string; 'zh-Hans': string };
  icon: string;
  /** Place among the six task cards of Home, from 0. */
  order: number;
  /** The first example's input and the answer the demo model gives, as texts for the card. */
  sample: { input: { en: string; 'zh-Hans': string }; output: { en: string; 'zh-Hans': string } };
  flow: FlowDocument;
}

/** A model a person can choose: `auto`, and `provider/model` of every connection. */
export interface ModelOption {
  id: string;
  provider: string;
  simulated: boolean;
}

export interface HealthResource {
  status: 'ok' | 'degraded';
  version: string;
}

/** RFC 9457 problem document, `application/problem+json`. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The request's id. */
  instance: string;
  code: string;
  runId?: string;
  nodeId?: string;
  retryable?: boolean;
  /** RFC 6901 pointers into the request body. */
  errors?: { pointer: string; message: string }[];
  outputs?: Record<string, Json>;
  run?: RunResource['run'];
}

/** The last event of a run's stream, with a failure's sentence added for the reader. */
export type RunEndResource = Omit<RunResult, 'error'> & { error?: FailureResource };

/** What the lists of the management API answer; each an object, so that it can grow. */
export interface FlowList {
  flows: FlowSummary[];
}
export interface VersionList {
  versions: VersionResource[];
}
/** Newest first. `next` is the `before` of the following page, null on the last. */
export interface RunList {
  runs: RunSummary[];
  next: string | null;
}
export interface KeyList {
  keys: KeyResource[];
}
export interface TemplateList {
  templates: TemplateResource[];
}
export interface ModelList {
  models: ModelOption[];
}

export type * from './knowledge/knowledge-resources.ts';
