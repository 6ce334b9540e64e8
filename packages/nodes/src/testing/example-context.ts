import { createHost } from '@patchbay/host';
import { type CallContext, createDemoProvider } from '@patchbay/models';
import { type HttpRequest, type HttpResult, type Json, type NodeContext, noCode, noFiles, type WaitField } from '@patchbay/node-kit';

const world = createHost().world({ locale: 'en' });

/** What examples run with: the demo model, the real runner of code, a web that answers with the request it was sent, flows that give their inputs back, a manual of one passage, and containers that hold nothing. */
export function exampleContext(): Partial<NodeContext> {
  const demo = createDemoProvider();
  const call = { signal: new AbortController().signal, request: () => Promise.reject(new Error('no network')) };
  const step = { run: 'run', node: 'node', scope: '', attempt: 1, signal: call.signal, report: () => {} };
  const named = <Request extends { model: string }>(request: Request): Request => ({
    ...request,
    model: request.model.replace(/^demo\//, ''),
  });
  return {
    models: {
      chat: (request) => demo.generate(named(request), call),
      stream: (request) => demo.stream(named(request), call),
      image: (request) => ask(demo.image, named(request), call),
      speech: (request) => ask(demo.speech, named(request), call),
      transcribe: (request) => ask(demo.transcribe, named(request), call),
    },
    flows: {
      run: async ({ inputs }) => ({ outputs: inputs }),
      describe: async ({ flow }) => ({ name: flow, description: '', inputs: [], outputs: [] }),
    },
    inside: { run: async (_, values) => ({ outputs: handBack(values) }), stop: () => undefined },
    code: world.code?.(step) ?? noCode,
    // What is made differs by its bytes from one library to the next; examples say what it is.
    files: {
      ...(world.files?.(step) ?? noFiles),
      save: async ({ mediaType, name = '' }) => ({ file: `file_${'0'.repeat(26)}`, mediaType, name }),
    },
    wait: async (request) => (request.kind === 'time' ? { kind: 'time' } : { kind: 'answered', values: sayYes(request.fields) }),
    http: { request: async (request) => echo(request) },
    knowledge: {
      search: async () => [{ text: 'Wash the filter every month.', document: 'Vacuum manual', headings: ['Care'], page: null, score: 0.8 }],
    },
  };
}

function ask<Request, Answer>(
  method: ((request: Request, call: CallContext) => Promise<Answer>) | undefined,
  request: Request,
  call: CallContext,
) {
  if (method === undefined) throw new Error('the demo model does not do this');
  return method(request, call);
}

/** A person who agrees to everything and has nothing to add. */
const sayYes = (fields: readonly WaitField[]): Record<string, Json> =>
  Object.fromEntries(fields.map(({ id, type }) => [id, type === 'boolean' ? true : null]));

/** Nothing stands inside a container: what enters a turn is what comes of it. */
const handBack = ({ item = null, previous = item }: Record<string, Json>): Record<string, Json> => ({ result: previous, next: previous });

function echo({ url, method, body }: HttpRequest): HttpResult {
  return { status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify({ method, url, body }) };
}
