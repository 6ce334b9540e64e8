/**
 * What a developer would write by hand instead of a flow: the same prompts, the same model calls over an undici pool,
 * the same answers; no editor, no record, no keys. The measure our server is held against.
 */
import { Readable } from 'node:stream';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { Pool } from 'undici';
import * as z from 'zod';

const base = new URL(process.env['OPENAI_BASE_URL'] ?? '');
const pool = new Pool(base.origin, { connections: 64, pipelining: 1 });
const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });
const inputSchema = z.object({ inputs: z.object({ text: z.string() }) });

async function ask(messages: { role: string; content: string }[]): Promise<string> {
  const answer = await pool.request({
    method: 'POST',
    path: `${base.pathname}/chat/completions`,
    headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
    body: JSON.stringify({ model: 'bench', messages }),
  });
  if (answer.statusCode !== 200) throw new Error(`provider answered ${answer.statusCode}`);
  return completion.parse(await answer.body.json()).choices[0]?.message.content ?? '';
}

async function answerTwoModels(text: string): Promise<string> {
  const first = await ask([{ role: 'user', content: `Sort this message: ${text}` }]);
  if (first.includes('refund')) return ask([{ role: 'user', content: `Answer kindly: ${first}` }]);
  const translated = await ask([{ role: 'user', content: `Translate to Chinese: ${first}` }]);
  return translated.replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[EMAIL]');
}

function answerWithoutModels(text: string): string {
  const line = `Message: ${text}`;
  return line.includes('refund') ? `Refund desk, ${line}` : `Front desk, ${line}`;
}

const app = new Hono();
app.post('/two-models', async (c) => {
  const { inputs } = inputSchema.parse(await c.req.json());
  return c.json({ outputs: { reply: await answerTwoModels(inputs.text) } });
});
app.post('/no-models', async (c) => {
  const { inputs } = inputSchema.parse(await c.req.json());
  return c.json({ outputs: { reply: answerWithoutModels(inputs.text) } });
});

/** A pass-through: the provider's own stream, untouched. */
app.post('/stream', async () => {
  const answer = await pool.request({
    method: 'POST',
    path: `${base.pathname}/chat/completions`,
    headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
    body: JSON.stringify({ model: 'bench', stream: true, messages: [{ role: 'user', content: 'Where is my refund?' }] }),
  });
  return new Response(Readable.toWeb(answer.body) as ReadableStream<Uint8Array>, { headers: { 'content-type': 'text/event-stream' } });
});

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => console.log(`http://127.0.0.1:${info.port}`));
