import type { HealthResource, KeyList, KeyScope, ModelList, NewKeyResource, TemplateList } from '@patchbay/services/resources';
import { call } from './client.ts';

export const listTemplates = (signal?: AbortSignal): Promise<TemplateList> => call('/api/templates', { signal });
export const listModels = (signal?: AbortSignal): Promise<ModelList> => call('/api/models', { signal });
export const listKeys = (signal?: AbortSignal): Promise<KeyList> => call('/api/keys', { signal });
/** A key to be made: absent `flows` means all, absent limits none of its own. */
export interface NewKeyBody {
  name: string;
  scopes: KeyScope[];
  /** Slugs. */
  flows?: string[];
  limits?: { costPerDayUsd?: number; runsPerMinute?: number };
}
export const createKey = (body: NewKeyBody): Promise<NewKeyResource> => call('/api/keys', { method: 'POST', body });
export const revokeKey = (id: string): Promise<void> => call(`/api/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
export const readHealth = (signal?: AbortSignal): Promise<HealthResource> => call('/health', { signal });
