import type { KeyRow } from '@patchbay/db';
import * as z from 'zod';
import { type KeyResource, keyScopes } from '../resources.ts';

const scopesSchema = z.array(z.enum(keyScopes));
const flowsSchema = z.array(z.string());

export const readScopes = (row: KeyRow) => scopesSchema.parse(JSON.parse(row.scopes));
export const readFlows = (row: KeyRow) => (row.flows === null ? undefined : flowsSchema.parse(JSON.parse(row.flows)));

const iso = (time: number): string => new Date(time).toISOString();

export function keyResource(row: KeyRow): KeyResource {
  const flows = readFlows(row);
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: readScopes(row),
    ...(flows === undefined ? {} : { flows }),
    createdAt: iso(row.createdAt),
    lastUsedAt: row.lastUsedAt === null ? null : iso(row.lastUsedAt),
    revokedAt: row.revokedAt === null ? null : iso(row.revokedAt),
  };
}
