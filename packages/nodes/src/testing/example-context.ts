import { createDemoProvider } from '@patchbay/models';
import type { HttpRequest, HttpResult, ModelRequest, NodeContext } from '@patchbay/node-kit';

/** What examples run with: the demo model, and a web that answers with the request it was sent. */
export function exampleContext(): Partial<NodeContext> {
  const demo = createDemoProvider();
  const call = { signal: new AbortController().signal, request: () => Promise.reject(new Error('no network')) };
  const named = (request: ModelRequest): ModelRequest => ({ ...request, model: request.model.replace(/^demo\//, '') });
  return {
    models: { chat: (request) => demo.generate(named(request), call), stream: (request) => demo.stream(named(request), call) },
    http: { request: async (request) => echo(request) },
  };
}

function echo({ url, method, body }: HttpRequest): HttpResult {
  return { status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify({ method, url, body }) };
}
