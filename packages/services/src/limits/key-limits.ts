import type { KeyRow } from '@patchbay/db';
import * as z from 'zod';

const dollars = z.number().min(0).max(1_000_000_000);
const count = z.int().min(1).max(1_000_000);

/** What one key may use at most, besides the limits of its workspace. */
export const keyLimitsSchema = z.strictObject({
  /** US dollars in a day and in a month of UTC. */
  costPerDayUsd: dollars.optional(),
  costPerMonthUsd: dollars.optional(),
  runsAtOnce: count.optional(),
  runsPerMinute: count.optional(),
});
export type KeyLimits = z.output<typeof keyLimitsSchema>;

export const readKeyLimits = ({ limits }: Pick<KeyRow, 'limits'>): KeyLimits | undefined =>
  limits === null ? undefined : keyLimitsSchema.parse(JSON.parse(limits));
