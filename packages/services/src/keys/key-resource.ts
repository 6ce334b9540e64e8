import type { KeyRow } from '@patchbay/db';
import * as z from 'zod';
import type { Ctx } from '../context.ts';
import { readKeyLimits } from '../limits/key-limits.ts';
import { type KeyResource, keyScopes } from '../resources.ts';

const scopesSchema = z.array(z.enum(keyScopes));
const flowsSchema = z.array(z.string());

export const readScopes = (row: KeyRow) => scopesSchema.parse(JSON.parse(row.scopes));
/** Ids of the flows it may run; undefined means all. */
export const readFlows = (row: KeyRow) => (row.flows === null ? undefined : flowsSchema.parse(JSON.parse(row.flows)));

const iso = (time: number): string => new Date(time).toISOString();

/** Keys as they are shown: with the addresses that their flows have today. */
export async function keyResources(
  { workspaceId, deps }: Pick<Ctx, 'workspaceId' | 'deps'>,
  rows: readonly KeyRow[],
): Promise<KeyResource[]> {
  const ids = [...new Set(rows.flatMap((row) => readFlows(row) ?? []))];
  const found = ids.length === 0 ? [] : await deps.database.flows.slugsOf(workspaceId, ids);
  const slugs = new Map(found.map(({ id, slug }) => [id, slug]));
  return rows.map((row) => keyResource(row, slugs));
}

function keyResource(row: KeyRow, slugs: ReadonlyMap<string, string>): KeyResource {
  const flows = readFlows(row)?.flatMap((id) => slugs.get(id) ?? []);
  const limits = readKeyLimits(row);
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: readScopes(row),
    ...(flows === undefined ? {} : { flows }),
    ...(limits === undefined ? {} : { limits }),
    createdAt: iso(row.createdAt),
    lastUsedAt: row.lastUsedAt === null ? null : iso(row.lastUsedAt),
    revokedAt: row.revokedAt === null ? null : iso(row.revokedAt),
  };
}
