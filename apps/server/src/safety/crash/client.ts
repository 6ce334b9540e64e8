/** Who calls the server over HTTP, and asks again when it was killed in between. */
export interface Client {
  /** Starts a run and resolves when it is accepted; asks again, with the same key, where no answer came. */
  start(slug: string, name: string): Promise<string>;
  status(id: string): Promise<string>;
  state(id: string): Promise<{ outputs: Record<string, unknown>; run: { status: string } }>;
}

/** `url` is asked at each call: a server that starts again has another. */
export function createClient(url: () => string, key: string): Client {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const state: Client['state'] = async (id) => (await asked(() => fetch(`${url()}/v1/runs/${id}`, { headers }), 200)) as never;
  return {
    async start(slug, name) {
      const more = { prefer: 'respond-async', 'idempotency-key': name };
      const body = JSON.stringify({ inputs: { name } });
      const send = () => fetch(`${url()}/v1/flows/${slug}/runs`, { method: 'POST', headers: { ...headers, ...more }, body });
      return ((await asked(send, 202)) as { run: { id: string } }).run.id;
    },
    state,
    status: async (id) => (await state(id)).run.status,
  };
}

/** Asks until an answer comes. An answer that is neither the wanted one nor "later" is an error. */
async function asked(send: () => Promise<Response>, wanted: number): Promise<unknown> {
  for (;;) {
    try {
      const answer = await send();
      if (answer.status === wanted) return await answer.json();
      if (answer.status !== 503) throw new WrongAnswer(`${answer.status}: ${await answer.text()}`);
    } catch (error) {
      if (error instanceof WrongAnswer) throw error;
    }
    await pause(20);
  }
}

class WrongAnswer extends Error {}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Publishes a flow on a fresh server, as its owner, and makes a key to call it. */
export async function publish(url: string, slug: string, flow: unknown): Promise<string> {
  const page = await fetch(`${url}/`);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const post = async (path: string, body: unknown): Promise<Record<string, string>> => {
    const headers = { cookie, origin: url, 'content-type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.status !== 201) throw new WrongAnswer(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, string>;
  };
  const { id } = await post('/api/flows', flow);
  await post(`/api/flows/${id}/versions`, { slug });
  return String((await post('/api/keys', { name: 'crash', scopes: ['run'] }))['key']);
}
