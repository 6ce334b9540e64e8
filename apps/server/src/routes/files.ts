import { type Ctx, downloadFile, ServiceError, uploadFile } from '@patchbay/services';
import { type Context, Hono } from 'hono';
import type { Env } from '../environment.ts';
import { json } from '../http/answer.ts';
import { fileAnswer, isForm, readFileBody, readForm } from '../http/files.ts';

/** `/api/files`: what the Run form sends and results hold. Only a type that no form of another site can send. */
export const fileRoutes = new Hono<Env>()
  .post('/', async (c) => {
    if (c.req.header('content-type') !== 'application/octet-stream') throw new ServiceError('unsupported', 'not_bytes');
    return stored(c.var.ctx, await readFileBody(c));
  })
  .get('/:id', (c) => answerFile(c, c.var.ctx));

/** A file by its content, or as the one file of a form. */
export async function takeFile(c: Context<Env>, ctx: Ctx): Promise<Response> {
  if (!isForm(c)) return stored(ctx, await readFileBody(c));
  const [first] = (await readForm(c)).files;
  if (first === undefined) throw new ServiceError('invalid_input', 'file_empty');
  return stored(ctx, first[1]);
}

export const answerFile = async (c: Context<Env>, ctx: Ctx): Promise<Response> =>
  fileAnswer(c, await downloadFile({ ctx, input: { id: c.req.param('id') ?? '' } }));

async function stored(ctx: Ctx, input: Parameters<typeof uploadFile>[0]['input']): Promise<Response> {
  const file = await uploadFile({ ctx, input });
  return json(file, 201, { Location: file.url });
}
