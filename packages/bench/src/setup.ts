import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { type Child, startChild } from './child.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const serverProgram = here('../../../apps/server/dist/main.js');

/** All three processes of a comparison: the provider both ask, the handler, and our server with the flows published. */
export interface Contest {
  provider: Child;
  handler: Child;
  patchbay: Child;
  key: string;
  stop(): Promise<void>;
}

/** Our server on a port of its own with a fresh data folder, and the owner's cookie. */
export async function startPatchbay(env: Record<string, string>): Promise<{ patchbay: Child; cookie: string }> {
  const data = mkdtempSync(join(tmpdir(), 'patchbay-bench-'));
  const patchbay = await startChild(serverProgram, ['start'], { NODE_ENV: 'production', ...env, PORT: '0', PATCHBAY_DATA: data });
  return { patchbay, cookie: await ownerCookie(patchbay.url) };
}

export const createFlow = async (url: string, cookie: string, flow: unknown): Promise<{ id: string }> =>
  (await call(url, cookie, '/api/flows', flow)) as { id: string };

/** Starts everything fresh and publishes the flows under the given slugs. */
export async function startContest(flows: Record<string, unknown>): Promise<Contest> {
  const provider = await startChild(here('../../testing/src/fake-provider.main.ts'), [], {});
  const shared = { OPENAI_BASE_URL: `${provider.url}/v1`, OPENAI_API_KEY: 'bench', OPENAI_MODEL: 'bench' };
  const handler = await startChild(here('./handler.main.ts'), [], { ...shared, NODE_ENV: 'production' });
  const { patchbay, cookie } = await startPatchbay(shared);
  for (const [slug, flow] of Object.entries(flows)) {
    const made = await createFlow(patchbay.url, cookie, flow);
    await call(patchbay.url, cookie, `/api/flows/${made.id}/versions`, { slug });
  }
  const { key } = (await call(patchbay.url, cookie, '/api/keys', { name: 'bench', scopes: ['run'] })) as { key: string };
  const stop = async () => {
    await Promise.all([patchbay.stop(), handler.stop()]);
    await provider.stop();
  };
  return { provider, handler, patchbay, key, stop };
}

async function ownerCookie(url: string): Promise<string> {
  const page = await request(`${url}/`);
  await page.body.dump();
  return String(page.headers['set-cookie']).split(';')[0] ?? '';
}

async function call(origin: string, cookie: string, path: string, body: unknown): Promise<unknown> {
  const answer = await request(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin },
    body: JSON.stringify(body),
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 201) throw new Error(`${path} answered ${answer.statusCode}: ${text}`);
  return JSON.parse(text);
}
