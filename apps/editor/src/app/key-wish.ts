import type { NewKeyBody } from '../api/workspace.ts';

/** What the form of a new key holds, as it is typed. */
export interface KeyWish {
  name: string;
  scope: 'run' | 'read' | 'manage';
  /** A slug, or empty for all. */
  flow: string;
  perDay: string;
  perMinute: string;
}

export const freshWish: KeyWish = { name: '', scope: 'run', flow: '', perDay: '', perMinute: '' };

/** A key that manages includes the others; one that sees runs may start them too. */
const scopesOf = { run: ['run'], read: ['run', 'read'], manage: ['manage'] } as const;

export const isDollars = (text: string): boolean => text.trim() === '' || /^\d{1,9}([.,]\d{1,6})?$/.test(text.trim());
export const isCount = (text: string): boolean => text.trim() === '' || /^[1-9]\d{0,5}$/.test(text.trim());

/** The body that makes this key; undefined where something in it is missing or wrong. */
export function keyBodyOf({ name, scope, flow, perDay, perMinute }: KeyWish): NewKeyBody | undefined {
  if (name.trim() === '' || !isDollars(perDay) || !isCount(perMinute)) return undefined;
  const limits = {
    ...(perDay.trim() === '' ? {} : { costPerDayUsd: Number(perDay.trim().replace(',', '.')) }),
    ...(perMinute.trim() === '' ? {} : { runsPerMinute: Number(perMinute) }),
  };
  return {
    name: name.trim().slice(0, 100),
    scopes: [...scopesOf[scope]],
    // Who manages all is not held to some flows.
    ...(flow === '' || scope === 'manage' ? {} : { flows: [flow] }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  };
}
