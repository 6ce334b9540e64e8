import {
  createCredentialInput,
  createKeyInput,
  defaultModelInput,
  editCredentialInput,
  keyScopes,
  publishInput,
  rotateCredentialInput,
  tryCredentialInput,
} from '@patchbay/services';
import { knowledgeSchemas } from './knowledge-schemas.ts';
import { anyObject, failure, flag, fromZod, list, object, orNull, ref, type Schema, text, time, whole } from './schema-parts.ts';

const runStatus: Schema = { enum: ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled', 'interrupted'] };
const key = {
  id: text,
  name: text,
  hint: text,
  scopes: list({ enum: [...keyScopes] }),
  'flows?': list(text),
  'limits?': anyObject,
  createdAt: time,
};
const version = { version: whole, slug: text, endpoint: text, publishedAt: time, hash: text };
const keyTimes = { lastUsedAt: orNull(time), revokedAt: orNull(time) };
const origin = object(
  { kind: { enum: ['run', 'pin'] }, 'run?': text, at: { ...whole, description: 'Milliseconds since 1970.' } },
  'Where values come from that are not of this run.',
);
const runPart = object({
  id: text,
  status: runStatus,
  durationMs: whole,
  usage: ref('Usage'),
  'simulated?': { ...flag, description: 'The demo model answered at least one step.' },
  'empty?': { ...flag, description: 'Every output was skipped.' },
  'reason?': text,
  'reused?': list(object({ node: text, scope: text, origin, ageMs: whole }, 'A step that was not executed, and how old its values were.')),
});
const summary = {
  id: text,
  flowId: text,
  flowName: text,
  version: orNull(whole),
  source: { enum: ['test', 'api', 'cli', 'replay'] },
  status: runStatus,
  startedAt: time,
  durationMs: whole,
  usage: ref('Usage'),
  simulated: flag,
};

const range = object({ least: { type: 'number' }, most: { type: 'number' } });
const estimateFigures = { calls: range, inputTokens: range, outputTokens: range, costUsd: orNull(range) };

/** The shapes of `@patchbay/services/resources`, for readers without TypeScript. */
export const schemas: Record<string, Schema> = {
  File: object(
    { file: text, mediaType: text, size: whole, 'name?': text, url: text },
    'A stored file, as it stands in inputs and outputs.',
  ),
  Flow: object(
    { format: { const: 'patchbay/flow' }, version: { const: 1 }, name: text, nodes: anyObject, edges: list(anyObject), layout: anyObject },
    'The flow document; docs/flow-document.md describes it.',
  ),
  FlowResource: object({ id: text, slug: text, etag: text, flow: ref('Flow'), published: orNull(ref('Version')), updatedAt: time }),
  FlowList: object({
    flows: list(
      object({
        id: text,
        slug: text,
        name: text,
        nodeCount: whole,
        publishedVersion: orNull(whole),
        lastRun: orNull(object({ id: text, status: runStatus, at: time, simulated: flag })),
        calls24h: whole,
        updatedAt: time,
      }),
    ),
  }),
  Version: object(version),
  VersionDetail: object({ ...version, flow: ref('Flow') }),
  VersionList: object({ versions: list(ref('Version')) }),
  Publish: fromZod(publishInput),
  Check: object({
    problems: list(object({ code: text, severity: { enum: ['error', 'warning'] }, pointer: text, message: text, params: anyObject })),
  }),
  Estimate: object(
    {
      ...estimateFigures,
      simulated: { ...flag, description: 'The demo model would answer at least one step.' },
      complete: { ...flag, description: 'False where there are more routes than were looked at.' },
      steps: list(object({ node: text, model: text, ...estimateFigures })),
    },
    'The least and the most over all routes a run can take.',
  ),
  RunInput: object({ 'inputs?': { ...anyObject, description: 'One field per input of the flow.' } }),
  DraftRunInput: object({
    'inputs?': {
      ...anyObject,
      description: 'One field per input of the flow; absent with `only` or `from`: those of the run that is reused.',
    },
    'only?': { ...list(text), description: 'Ids of steps: only these are executed.' },
    'from?': { ...text, description: 'Id of a step: it and what comes after it are executed.' },
    'reuse?': { ...orNull(text), description: 'The run that lends its values; absent: the newest test run; null: none.' },
    'pins?': { ...anyObject, description: 'By step, then by output: in place of the saved pins, for this run.' },
  }),
  Replay: object({ 'version?': { enum: ['recorded', 'draft'], default: 'recorded' } }),
  NewPin: object({ outputs: { ...anyObject, description: 'A value per output; an output that is absent is closed.' } }),
  Pin: object({ node: text, outputs: anyObject, pinnedAt: time }),
  PinList: object({ pins: list(ref('Pin')) }),
  Usage: object({
    calls: whole,
    inputTokens: whole,
    outputTokens: whole,
    costUsd: orNull({ type: 'number' }),
    estimated: flag,
    'cacheHits?': { ...whole, description: 'Answers that were given again without a call.' },
    'savedUsd?': { type: 'number', description: 'What these had cost when they were made; not part of costUsd.' },
  }),
  Run: object({ outputs: anyObject, run: runPart }),
  AcceptedRun: object({ run: object({ id: text, status: runStatus, url: text, events: text }) }),
  RunState: object({ outputs: anyObject, run: runPart, startedAt: time, 'error?': object(failure), 'waits?': list(ref('Wait')) }),
  Wait: object({
    id: text,
    node: text,
    scope: text,
    kind: { enum: ['person', 'time'] },
    until: orNull(time),
    'message?': text,
    'fields?': list(object({ id: text, title: text, type: text, required: flag, 'options?': list(text) })),
  }),
  Conversation: object({
    id: text,
    messages: list(object({ role: { enum: ['user', 'assistant'] }, content: text, at: time })),
    summary: { ...text, description: 'What stands for the oldest messages before a model.' },
    updatedAt: time,
    endsAt: { ...time, description: 'When it is forgotten, unless it goes on.' },
  }),
  WaitAnswer: object({ values: { ...anyObject, description: 'One per field that was asked for.' } }),
  RunDetail: object({
    outputs: anyObject,
    run: runPart,
    flowId: text,
    flowName: text,
    version: orNull(whole),
    source: summary.source,
    startedAt: time,
    inputs: anyObject,
    'error?': object(failure),
    steps: list(
      object({
        node: text,
        scope: text,
        status: text,
        atMs: { type: 'number' },
        durationMs: { type: 'number' },
        'outputs?': anyObject,
        'origin?': origin,
      }),
    ),
    'replay?': object({ run: text, version: { enum: ['recorded', 'draft'] } }),
    'waits?': list(ref('Wait')),
    'masked?': { ...flag, description: 'Personal data is hidden in it: values are labels.' },
  }),
  RunList: object({ runs: list(object(summary)), next: orNull(text) }),
  NewKey: fromZod(createKeyInput),
  Key: object({ ...key, ...keyTimes }),
  KeyOnce: object({ ...key, ...keyTimes, key: { ...text, description: 'Shown only in this answer.' } }),
  KeyList: object({ keys: list(ref('Key')) }),
  NodeList: object({ nodes: list(anyObject) }),
  TemplateList: object({ templates: list(anyObject) }),
  ModelList: object({ models: list(object({ id: text, provider: text, simulated: flag })) }),
  ...knowledgeSchemas,
  NewCredential: fromZod(createCredentialInput),
  EditCredential: fromZod(editCredentialInput),
  RotateCredential: fromZod(rotateCredentialInput),
  TryCredential: fromZod(tryCredentialInput),
  DefaultModel: fromZod(defaultModelInput),
  Credential: object(
    {
      id: text,
      kind: { enum: ['provider', 'secret'] },
      name: { ...text, description: 'What flows call it.' },
      title: text,
      provider: orNull(text),
      origin: { ...text, description: 'The only origin its secret is sent to, besides those of Vertex AI’s tokens and Bedrock’s ranking.' },
      baseUrl: orNull(text),
      region: { ...orNull(text), description: 'Of clouds: where in the cloud; null for its usual place.' },
      model: orNull(text),
      hint: { ...orNull(text), description: 'The end of the secret, or of the id it goes with; the rest is never answered.' },
      createdAt: time,
      changedAt: time,
      lastTest: orNull(ref('CredentialTest')),
      isAuto: { ...flag, description: 'The model “auto” means this connection now.' },
      usedBy: list(object({ id: text, name: text, slug: text, steps: whole, published: flag })),
    },
    'A connection to a provider, or a secret for HTTP steps.',
  ),
  CredentialTest: object({ at: time, milliseconds: whole, ok: flag, 'models?': whole, 'error?': object(failure) }),
  CredentialList: object({
    credentials: list(ref('Credential')),
    environment: list(object({ name: text, baseUrl: text, model: orNull(text), isAuto: flag })),
    defaultModel: orNull(text),
  }),
  ProviderList: object({
    providers: list(
      object({
        id: text,
        title: text,
        keyPrefixes: list(text),
        keyUrl: orNull(text),
        needsKey: flag,
        needsBaseUrl: flag,
        baseUrl: orNull(text),
        keyForm: { enum: ['line', 'pair', 'file'], description: 'A pair is written `id:secret` or `id:secret:session token`.' },
        fields: list(
          object({ part: { enum: ['key', 'baseUrl', 'region', 'model'] }, title: text, help: text, example: text, required: flag }),
        ),
      }),
    ),
  }),
  Ollama: object({ found: flag, models: list(text) }),
  Health: object({ status: { enum: ['ok', 'degraded'] }, version: text }),
  Problem: object(
    {
      type: text,
      title: text,
      status: whole,
      detail: text,
      instance: text,
      code: text,
      'runId?': text,
      'nodeId?': text,
      'retryable?': flag,
      'errors?': list(object({ pointer: text, message: text })),
      'outputs?': anyObject,
      'run?': runPart,
    },
    'RFC 9457 problem document. Sentences are in the language of Accept-Language, English or Chinese.',
  ),
};
