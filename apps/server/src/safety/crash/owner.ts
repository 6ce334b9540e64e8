/** The owner's browser at a server process. */
export interface Owner {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asserts.
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<{ status: number; json: any }>;
  /** As `ask`; an answer that is not of the 200s is an error. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asserts.
  done(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<any>;
}

export async function ownerAt(url: string): Promise<Owner> {
  const page = await fetch(`${url}/`);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const ask: Owner['ask'] = async (method, path, body, headers = {}) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { cookie, origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...sent,
    });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
  };
  return {
    ask,
    async done(...asked) {
      const { status, json } = await ask(...asked);
      if (status < 200 || status > 299) throw new Error(`${asked[0]} ${asked[1]}: ${status} ${JSON.stringify(json)}`);
      return json;
    },
  };
}
