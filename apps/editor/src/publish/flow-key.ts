import type { KeyResource, NewKeyResource } from '@patchbay/services/resources';
import { createKey, listKeys } from '../api/workspace.ts';

/** The key of a published flow, as far as this tab knows it. */
export type FlowKey =
  /** Made in this tab, which therefore knows it. */
  | { kind: 'known'; key: NewKeyResource }
  /** There is one, told only to who made it. */
  | { kind: 'elsewhere'; key: KeyResource }
  | { kind: 'failed' };

/** Keys made here, by flow, until the page goes. They are written down nowhere. */
const made = new Map<string, NewKeyResource>();

interface Endpoint {
  flowId: string;
  slug: string;
  /** What a new key is called. */
  keyName: string;
}

/** Makes a key only where none is there that can run the flow. */
export async function findOrMakeKey(endpoint: Endpoint): Promise<FlowKey> {
  try {
    const { keys } = await listKeys();
    const usable = keys.filter((key) => canRun(key, endpoint.slug));
    const known = made.get(endpoint.flowId);
    if (known !== undefined && usable.some((key) => key.id === known.id)) return { kind: 'known', key: known };
    const [newest] = usable;
    return newest === undefined ? await makeKey(endpoint) : { kind: 'elsewhere', key: newest };
  } catch {
    return { kind: 'failed' };
  }
}

export async function makeKey({ flowId, slug, keyName }: Endpoint): Promise<FlowKey> {
  try {
    const key = await createKey({ name: keyName.slice(0, 100), scopes: ['run'], flows: [slug] });
    made.set(flowId, key);
    return { kind: 'known', key };
  } catch {
    return { kind: 'failed' };
  }
}

const canRun = (key: KeyResource, slug: string): boolean =>
  key.revokedAt === null && key.scopes.includes('run') && (key.flows === undefined || key.flows.includes(slug));
