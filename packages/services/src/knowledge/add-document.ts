import { newId } from '@patchbay/db';
import type * as z from 'zod';
import { type Ctx, requireScope } from '../context.ts';
import { refuseAt } from '../credentials/address.ts';
import { notFound, ServiceError } from '../service-error.ts';
import type { addDocumentInput } from './input.ts';
import { documentResource, findBase, findDocument } from './knowledge-resource.ts';
import type { KnowledgeDocument } from './knowledge-resources.ts';
import { kindOfName } from './text/text-of-file.ts';

export const mostDocuments = 2_000;

type Input = { base: string } & z.output<typeof addDocumentInput>;

/** Takes a document in; it is read in the background. */
export async function addDocument({ ctx, input }: { ctx: Ctx; input: Input }): Promise<KnowledgeDocument> {
  requireScope(ctx, 'manage');
  const { database, indexer, now } = ctx.deps;
  const base = await findBase(ctx, input.base);
  const baseId = base.id;
  const kind = input.kind ?? kindOfName(input.name) ?? (input.text === undefined ? undefined : 'text');
  if (kind === undefined) throw refuseAt(ctx, '/name', 'document_kind_unknown', { name: input.name });
  const source = sourceOf(ctx, input);
  const held = await database.knowledge.listDocuments(ctx.workspaceId, baseId);
  if (held.length >= mostDocuments) throw new ServiceError('conflict', 'documents_full', { params: { limit: mostDocuments } });
  const id = newId('doc');
  const added = await database.knowledge.addDocument(ctx.workspaceId, { id, baseId, name: input.name, kind, source, createdAt: now() });
  if (!added) throw notFound('knowledge');
  indexer.wake();
  return documentResource(ctx, base, await findDocument(ctx, baseId, id));
}

function sourceOf(ctx: Ctx, { text, file }: Input): Buffer {
  if ((text === undefined) === (file === undefined)) throw refuseAt(ctx, '/text', 'document_text_or_file');
  return text === undefined ? Buffer.from(file ?? '', 'base64') : Buffer.from(text, 'utf8');
}
