import { type FileInfo, isFileId } from '@patchbay/node-kit';
import { type Ctx, requireScope } from '../context.ts';
import { notFound } from '../service-error.ts';

/** A file of the caller's workspace with its content. Ids are not to be guessed, so a key that may run may read by id. */
export async function downloadFile({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ info: FileInfo; bytes: Uint8Array }> {
  requireScope(ctx, 'run');
  const found = isFileId(input.id) ? await ctx.deps.files.read(ctx.workspaceId, input.id) : undefined;
  if (found === undefined) throw notFound('file');
  return found;
}
