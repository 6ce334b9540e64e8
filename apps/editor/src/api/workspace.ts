import type { HealthResource, KeyList, ModelList, TemplateList } from '@patchbay/services/resources';
import { call } from './client.ts';

export const listTemplates = (signal?: AbortSignal): Promise<TemplateList> => call('/api/templates', { signal });
export const listModels = (signal?: AbortSignal): Promise<ModelList> => call('/api/models', { signal });
export const listKeys = (signal?: AbortSignal): Promise<KeyList> => call('/api/keys', { signal });
export const revokeKey = (id: string): Promise<void> => call(`/api/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
export const readHealth = (signal?: AbortSignal): Promise<HealthResource> => call('/health', { signal });
