import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openServices, type Services } from '@patchbay/services';
import { onTestFinished } from 'vitest';
import { createApp } from './app.ts';
import { createLog } from './log.ts';

export const host = '127.0.0.1:4000';
export const origin = `http://${host}`;

/** A flow that answers its input: no model is asked. */
export const plainFlow = {
  format: 'patchbay/flow',
  version: 1,
  name: 'Greeting',
  nodes: {
    in: { type: 'input', config: { fields: [{ id: 'name', title: 'Name', type: 'text' }] } },
    say: { type: 'prompt', config: { template: 'Hello {{name}}!' } },
    out: { type: 'output', config: { fields: [{ id: 'greeting', title: 'Greeting', type: 'text' }] } },
  },
  edges: [
    { from: 'in.name', to: 'say.name' },
    { from: 'say.text', to: 'out.greeting' },
  ],
  layout: {},
};

/** A flow whose one step asks a model. */
export const modelFlow = (model: string) => ({
  ...plainFlow,
  name: 'Asking',
  nodes: { ...plainFlow.nodes, ask: { type: 'model', config: { model } } },
  edges: [
    { from: 'in.name', to: 'say.name' },
    { from: 'say.text', to: 'ask.prompt' },
    { from: 'ask.text', to: 'out.greeting' },
  ],
});

export interface TestServer {
  app: ReturnType<typeof createApp>;
  services: Services;
  dataFolder: string;
  /** What the log holds, line by line. */
  logged: string[];
  /** A request as the owner's browser sends it. */
  asOwner(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** A request with these headers and no more. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Makes a flow, publishes it, and answers its id. */
  publish(flow: unknown, slug: string): Promise<string>;
  makeKey(scopes: string[], flows?: string[]): Promise<string>;
}

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function startTestServer(environment: Record<string, string> = {}, editorFolder = '/nowhere'): Promise<TestServer> {
  const dataFolder = scratchFolder();
  const logged: string[] = [];
  const services = await openServices({ dataFolder, environment: { PATCHBAY_DEMO_DELAY_MS: '0', ...environment }, version: 'test' });
  onTestFinished(() => services.close());
  const log = createLog('debug', { write: (line) => void logged.push(line) });
  const app = createApp({ deps: services.deps, log, port: () => 4000, editorFolder });

  const send: TestServer['send'] = async (method, path, body, headers = {}) => {
    const init: RequestInit = {
      method,
      headers: { host, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    };
    if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
    return app.request(`${origin}${path}`, init);
  };
  const page = await send('GET', '/');
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const asOwner: TestServer['asOwner'] = (method, path, body, headers = {}) => send(method, path, body, { cookie, origin, ...headers });

  return {
    app,
    services,
    dataFolder,
    logged,
    send,
    asOwner,
    async publish(flow, slug) {
      const made = await readJson(await asOwner('POST', '/api/flows', flow), 201);
      await readJson(await asOwner('POST', `/api/flows/${made['id']}/versions`, { slug }), 201);
      return String(made['id']);
    },
    async makeKey(scopes, flows) {
      const body = { name: 'test', scopes, ...(flows === undefined ? {} : { flows }) };
      return String((await readJson(await asOwner('POST', '/api/keys', body), 201))['key']);
    },
  };
}

/** The body as an object; fails where the status is another. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it asserts.
export async function readJson(response: Response, status = 200): Promise<Record<string, any>> {
  const text = await response.text();
  if (response.status !== status) throw new Error(`expected ${status}, got ${response.status}: ${text}`);
  return JSON.parse(text);
}

export const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

/** The names and data of a text of server-sent events. */
export function readEvents(text: string): { event: string; id: number; data: Record<string, unknown> }[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const [event = '', id = '', data = ''] = block.split('\n').map((line) => line.slice(line.indexOf(': ') + 2));
      return { event, id: Number(id), data: JSON.parse(data) };
    });
}
