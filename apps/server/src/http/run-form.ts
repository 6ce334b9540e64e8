import { type Ctx, mostFilesAtOnce, ServiceError, uploadFile } from '@patchbay/services';
import type { Context } from 'hono';
import type { Env } from '../environment.ts';
import { parseJson } from './body.ts';
import { readForm } from './files.ts';

/**
 * A run's body sent as a form: each part is the input of its name, a file or a text; `inputs` may hold the rest as JSON.
 * Several files of one name are a list. Files are stored, so that the run is started with references to them.
 */
export async function readRunForm(c: Context<Env>, ctx: Ctx): Promise<{ inputs: Record<string, unknown> }> {
  const { files, texts } = await readForm(c);
  const inputs = new Map<string, unknown>();
  for (const [field, text] of texts) {
    if (field !== 'inputs') inputs.set(field, text);
    else for (const [name, value] of Object.entries(readRest(text))) inputs.set(name, value);
  }
  if (files.length > mostFilesAtOnce) throw new ServiceError('invalid_input', 'files_too_many', { params: { limit: mostFilesAtOnce } });
  const sent = new Map<string, unknown[]>();
  for (const [field, file] of files) sent.set(field, [...(sent.get(field) ?? []), await uploadFile({ ctx, input: file })]);
  for (const [field, all] of sent) inputs.set(field, all.length === 1 ? all[0] : all);
  return { inputs: Object.fromEntries(inputs) };
}

function readRest(text: string): object {
  const rest = parseJson(text);
  if (typeof rest !== 'object' || rest === null || Array.isArray(rest)) throw new ServiceError('invalid_input', 'form_invalid');
  return rest;
}
