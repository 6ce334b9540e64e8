import { version } from '../version.ts';
import { knowledgeOperations } from './knowledge-operations.ts';
import type { Operation } from './operation.ts';
import { ref, type Schema } from './schema-parts.ts';
import { schemas } from './schemas.ts';

const ifMatch: Schema = {
  name: 'If-Match',
  in: 'header',
  required: true,
  schema: { type: 'string' },
  description: 'The etag that was read.',
};
const header = (name: string, schema: Schema, description: string): Schema => ({ name, in: 'header', schema, description });
const lastEventId = header('Last-Event-ID', { type: 'integer', minimum: 0 }, 'The last event that is known; what came after it is sent.');
const ofStarts = [
  header(
    'Idempotency-Key',
    { type: 'string', minLength: 1, maxLength: 255 },
    'The same key with the same body starts nothing a second time and gets the first answer, for 24 hours.',
  ),
  header('Prefer', { const: 'respond-async' }, 'Answers 202 at once; the run goes on whatever happens to its caller.'),
];
const query = (name: string, schema: Schema): Schema => ({ name, in: 'query', schema });
const runsQuery = [
  query('flow', { type: 'string' }),
  query('before', { type: 'string' }),
  query('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
];

const ofUploads = [
  { ...query('name', { type: 'string' }), description: 'What a person calls it. Only a label.' },
  { ...query('type', { type: 'string' }), description: 'What the caller says it is; the bytes decide.' },
];
const rangeHeader = header('Range', { type: 'string' }, 'One range of bytes (RFC 9110).');

const operations: Operation[] = [
  { method: 'get', path: '/api/flows', summary: 'List flows', status: 200, answer: 'FlowList' },
  {
    method: 'post',
    path: '/api/flows',
    summary: 'Create a flow from a document',
    body: 'Flow',
    status: 201,
    answer: 'FlowResource',
    parameters: [{ ...query('slug', { type: 'string' }), description: 'The address that is wished for, made free where it is taken.' }],
  },
  { method: 'get', path: '/api/flows/{id}', summary: 'Read a draft', status: 200, answer: 'FlowResource' },
  {
    method: 'put',
    path: '/api/flows/{id}',
    summary: 'Save a draft',
    body: 'Flow',
    status: 200,
    answer: 'FlowResource',
    parameters: [ifMatch],
  },
  { method: 'delete', path: '/api/flows/{id}', summary: 'Delete a flow and its versions', status: 204 },
  { method: 'post', path: '/api/flows/{id}/check', summary: 'Check a draft', status: 200, answer: 'Check' },
  {
    method: 'post',
    path: '/api/flows/{id}/estimate',
    summary: 'Reckon what a run of the draft would ask of models, without calling any',
    body: 'RunInput',
    bodyOptional: true,
    status: 200,
    answer: 'Estimate',
  },
  {
    method: 'post',
    path: '/api/flows/{id}/runs',
    summary: 'Test a draft, or a part of it',
    body: 'DraftRunInput',
    status: 200,
    answer: 'Run',
    streams: true,
    starts: true,
  },
  { method: 'get', path: '/api/flows/{id}/pins', summary: 'List the pinned values of a draft', status: 200, answer: 'PinList' },
  { method: 'put', path: '/api/flows/{id}/pins/{node}', summary: 'Pin values of a step', body: 'NewPin', status: 200, answer: 'Pin' },
  { method: 'delete', path: '/api/flows/{id}/pins/{node}', summary: 'Take a pin away', status: 204 },
  { method: 'get', path: '/api/flows/{id}/versions', summary: 'List versions', status: 200, answer: 'VersionList' },
  {
    method: 'post',
    path: '/api/flows/{id}/versions',
    summary: 'Publish the draft',
    body: 'Publish',
    bodyOptional: true,
    status: 201,
    answer: 'Version',
  },
  { method: 'get', path: '/api/flows/{id}/versions/{version}', summary: 'Read a version', status: 200, answer: 'VersionDetail' },
  { method: 'get', path: '/api/runs', summary: 'List runs', status: 200, answer: 'RunList', parameters: runsQuery },
  { method: 'get', path: '/api/runs/{id}', summary: 'Read a run with its steps', status: 200, answer: 'RunDetail' },
  { method: 'get', path: '/api/runs/{id}/events', summary: 'Follow a run', status: 200, events: true, parameters: [lastEventId] },
  { method: 'post', path: '/api/runs/{id}/cancel', summary: 'Stop a run', status: 204 },
  { method: 'post', path: '/api/runs/{id}/answers/{wait}', summary: 'Answer what a run waits for', body: 'WaitAnswer', status: 204 },
  {
    method: 'post',
    path: '/api/runs/{id}/replay',
    summary: 'Run again from the record, with the flow of then or with the draft',
    body: 'Replay',
    bodyOptional: true,
    status: 200,
    answer: 'Run',
    streams: true,
    starts: true,
  },
  { method: 'post', path: '/api/runs/{id}/resume', summary: 'Let an interrupted run go on', status: 204 },
  {
    method: 'post',
    path: '/api/files',
    summary: 'Store a file',
    takesFile: 'bytes',
    status: 201,
    answer: 'File',
    parameters: ofUploads,
  },
  { method: 'get', path: '/api/files/{id}', summary: 'Read a file', givesFile: true, status: 200, parameters: [rangeHeader] },
  { method: 'get', path: '/api/keys', summary: 'List API keys', status: 200, answer: 'KeyList' },
  { method: 'post', path: '/api/keys', summary: 'Make an API key', body: 'NewKey', status: 201, answer: 'KeyOnce' },
  { method: 'delete', path: '/api/keys/{id}', summary: 'Revoke an API key', status: 204 },
  { method: 'get', path: '/api/credentials', summary: 'List connections and secrets', status: 200, answer: 'CredentialList' },
  {
    method: 'post',
    path: '/api/credentials',
    summary: 'Make a connection or a secret; a connection is tested first',
    body: 'NewCredential',
    status: 201,
    answer: 'Credential',
  },
  {
    method: 'put',
    path: '/api/credentials/{id}',
    summary: 'Change its title, its model, or who may use it',
    body: 'EditCredential',
    status: 200,
    answer: 'Credential',
  },
  { method: 'delete', path: '/api/credentials/{id}', summary: 'Delete it with its secret', status: 204 },
  {
    method: 'post',
    path: '/api/credentials/{id}/rotate',
    summary: 'Put a new secret in place of the old one',
    body: 'RotateCredential',
    status: 200,
    answer: 'Credential',
  },
  { method: 'post', path: '/api/credentials/{id}/test', summary: 'Test a connection now', status: 200, answer: 'CredentialTest' },
  {
    method: 'post',
    path: '/api/credentials/{id}/try',
    summary: 'Ask its model one sentence; answers as an event stream',
    body: 'TryCredential',
    status: 200,
    answer: 'Run',
    streams: true,
  },
  ...knowledgeOperations,
  { method: 'get', path: '/api/providers', summary: 'List the providers that can be connected', status: 200, answer: 'ProviderList' },
  { method: 'get', path: '/api/providers/ollama', summary: 'Look for an Ollama on this machine', status: 200, answer: 'Ollama' },
  { method: 'get', path: '/api/nodes', summary: 'List node types', status: 200, answer: 'NodeList' },
  { method: 'get', path: '/api/templates', summary: 'List templates', status: 200, answer: 'TemplateList' },
  { method: 'get', path: '/api/models', summary: 'List models', status: 200, answer: 'ModelList' },
  {
    method: 'put',
    path: '/api/models/default',
    summary: 'Say what auto means',
    body: 'DefaultModel',
    status: 200,
    answer: 'DefaultModel',
  },
  {
    method: 'post',
    path: '/v1/flows/{slug}/runs',
    summary: 'Run a published flow',
    body: 'RunInput',
    status: 200,
    answer: 'Run',
    streams: true,
    starts: true,
  },
  {
    method: 'post',
    path: '/v1/files',
    summary: 'Store a file, to be named in inputs',
    takesFile: 'form',
    status: 201,
    answer: 'File',
    parameters: ofUploads,
  },
  { method: 'get', path: '/v1/files/{id}', summary: 'Read a file', givesFile: true, status: 200, parameters: [rangeHeader] },
  { method: 'get', path: '/v1/runs/{id}', summary: 'Read how a run stands', status: 200, answer: 'RunState' },
  { method: 'get', path: '/v1/runs/{id}/events', summary: 'Follow a run', status: 200, events: true, parameters: [lastEventId] },
  { method: 'post', path: '/v1/runs/{id}/cancel', summary: 'Stop a run', status: 204 },
  { method: 'post', path: '/v1/runs/{id}/answers/{wait}', summary: 'Answer what a run waits for', body: 'WaitAnswer', status: 204 },
  {
    method: 'get',
    path: '/v1/flows/{slug}/conversations/{conversation}',
    summary: 'Read what a flow remembers of a conversation',
    status: 200,
    answer: 'Conversation',
  },
  { method: 'delete', path: '/v1/flows/{slug}/conversations/{conversation}', summary: 'Forget a conversation', status: 204 },
  {
    method: 'get',
    path: '/api/flows/{id}/conversations/{conversation}',
    summary: 'Read a conversation of a flow, test runs included',
    status: 200,
    answer: 'Conversation',
  },
  { method: 'delete', path: '/api/flows/{id}/conversations/{conversation}', summary: 'Forget a conversation of a flow', status: 204 },
  { method: 'post', path: '/v1/runs/{id}/resume', summary: 'Let an interrupted run go on', status: 204 },
  { method: 'get', path: '/health', summary: 'Whether the process lives', status: 200, answer: 'Health', open: true },
  { method: 'get', path: '/ready', summary: 'Whether to send it requests', status: 200, answer: 'Health', open: true },
];

/** Our own API as an OpenAPI 3.1 document. A test holds it against the routes. */
export function managementApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = paths[operation.path] ?? {};
    path[operation.method] = describe(operation);
    paths[operation.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Patchbay', version, license: { name: 'MIT', identifier: 'MIT' } },
    security: [{ key: [] }, { owner: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key: scope run for published flows, manage for the rest.' },
        owner: {
          type: 'apiKey',
          in: 'cookie',
          name: 'patchbay_owner_4000',
          description: 'Set by opening the start page; the number is the port.',
        },
      },
    },
  };
}

const accepted: Schema = {
  description: 'Accepted, and stored. The answer is at its address when the run has ended.',
  headers: { Location: { schema: { type: 'string' }, description: 'The address of the run.' } },
  content: { 'application/json': { schema: ref('AcceptedRun') } },
};

/** OpenAPI 3.1 says bytes by saying nothing. */
const bytes: Schema = {};
const fileForm = { 'multipart/form-data': { schema: { type: 'object', properties: { file: {} }, required: ['file'] } } };
const runForm = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      description: 'One part per input, a file or a text; `inputs` may hold others as JSON.',
      additionalProperties: {},
    },
  },
};

function describe({
  path,
  summary,
  body,
  bodyOptional,
  status,
  answer,
  streams,
  starts,
  events: onlyEvents,
  parameters = [],
  open,
  takesFile,
  givesFile,
}: Operation): Record<string, unknown> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const ofPath = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const events = {
    'text/event-stream': { schema: { type: 'string', description: 'Events as docs/api.md lists them; run-end is the last.' } },
  };
  const content = {
    ...(answer === undefined ? {} : { 'application/json': { schema: ref(answer) } }),
    ...(streams === true || onlyEvents === true ? events : {}),
    ...(givesFile === true ? { '*/*': bytes } : {}),
  };
  return {
    summary,
    ...(open === true ? { security: [] } : {}),
    parameters: [...ofPath, ...(starts === true ? ofStarts : []), ...parameters],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: bodyOptional !== true,
            content: { 'application/json': { schema: ref(body) }, ...(path.startsWith('/v1') && starts === true ? runForm : {}) },
          },
        }),
    ...(takesFile === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: takesFile === 'form' ? { '*/*': bytes, ...fileForm } : { 'application/octet-stream': bytes },
          },
        }),
    responses: {
      [status]: { description: 'Done', ...(Object.keys(content).length === 0 ? {} : { content }) },
      ...(starts === true ? { 202: accepted } : {}),
      ...(givesFile === true ? { 206: { description: 'The range that was asked for', content: { '*/*': bytes } } } : {}),
      default: { description: 'A problem', content: { 'application/problem+json': { schema: ref('Problem') } } },
    },
  };
}
