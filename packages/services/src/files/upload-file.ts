import { type FileValue, fileLimitBytes, fileValue } from '@patchbay/node-kit';
import { type Ctx, requireScope } from '../context.ts';

/** Most bytes of one file. */
export const uploadLimitBytes = fileLimitBytes;

export interface UploadInput {
  bytes: Uint8Array;
  name?: string | undefined;
  /** What the caller says it is. */
  mediaType?: string | undefined;
}

/** Keeps a file in the caller's workspace. Answers the value that names it in inputs. */
export async function uploadFile({ ctx, input }: { ctx: Ctx; input: UploadInput }): Promise<FileValue> {
  requireScope(ctx, 'run');
  return fileValue(await ctx.deps.files.save(ctx.workspaceId, input));
}
