import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '@patchbay/db';

export interface Near {
  id: number;
  /** Cosine of the angle between the vectors. */
  likeness: number;
}

/** Vectors compared in one turn of the event loop. */
const atOnce = 2_000;

/** The passages whose vectors are most like this one, the nearest first: all of the base are looked at, in slices. */
export async function nearest(
  { passages }: Pick<Database, 'passages'>,
  place: { workspaceId: string; baseId: string },
  vector: readonly number[],
  limit: number,
): Promise<Near[]> {
  let best: Near[] = [];
  for (let after = -1; ; ) {
    const some = await passages.compareVectors(place.workspaceId, place.baseId, vector, { after, limit: atOnce });
    best = [...best, ...some].sort((a, b) => b.likeness - a.likeness || a.id - b.id).slice(0, limit);
    const last = some.at(-1);
    if (last === undefined || some.length < atOnce) return best.filter(({ likeness }) => likeness > 0);
    after = last.id;
    await nextTurn();
  }
}
