import type {
  CredentialList,
  CredentialResource,
  CredentialTest,
  FailureResource,
  OllamaResource,
  ProviderList,
  UsableBy,
} from '@patchbay/services/resources';
import { call, send, UnreachableError } from './client.ts';
import { readEvents } from './events.ts';

const at = (id: string): string => `/api/credentials/${encodeURIComponent(id)}`;

/** What a new connection or secret is made of. The secret goes out here and is never read back. */
export interface NewProvider {
  kind: 'provider';
  provider: string;
  key?: string;
  name?: string;
  title?: string;
  baseUrl?: string;
  region?: string;
  model?: string;
  usableBy?: UsableBy;
  untested?: boolean;
}
export type NewCredential = NewProvider | { kind: 'secret'; title: string; baseUrl: string; key: string; usableBy?: UsableBy };

export const listCredentials = (signal?: AbortSignal): Promise<CredentialList> => call('/api/credentials', { signal });
export const listProviders = (signal?: AbortSignal): Promise<ProviderList> => call('/api/providers', { signal });
export const findOllama = (signal?: AbortSignal): Promise<OllamaResource> => call('/api/providers/ollama', { signal });
export const createCredential = (credential: NewCredential): Promise<CredentialResource> =>
  call('/api/credentials', { method: 'POST', body: credential });
export const editCredential = (
  id: string,
  change: { title?: string; model?: string | null; usableBy?: UsableBy },
): Promise<CredentialResource> => call(at(id), { method: 'PUT', body: change });
export const rotateCredential = (id: string, key: string, untested: boolean): Promise<CredentialResource> =>
  call(`${at(id)}/rotate`, { method: 'POST', body: { key, untested } });
export const testCredential = (id: string): Promise<CredentialTest> => call(`${at(id)}/test`, { method: 'POST' });
export const deleteCredential = (id: string): Promise<void> => call(at(id), { method: 'DELETE' });
export const setDefaultModel = (model: string | null): Promise<unknown> => call('/api/models/default', { method: 'PUT', body: { model } });

/** What a question has brought so far. */
export interface TriedAnswer {
  text: string;
  model: string;
  error: FailureResource | undefined;
}

/** Asks the connection's model one sentence; each value is the answer so far. Aborting ends the call. */
export async function* tryCredential(id: string, prompt: string, signal: AbortSignal): AsyncGenerator<TriedAnswer> {
  const response = await send(`${at(id)}/try`, { method: 'POST', body: { prompt }, signal });
  if (response.body === null) throw new UnreachableError();
  let answer: TriedAnswer = { text: '', model: '', error: undefined };
  for await (const { event, data } of readEvents(response.body)) {
    // The server wrote both events; see `runAsStream`.
    const told = JSON.parse(data) as { text?: string; outputs?: { text?: string }; error?: FailureResource };
    if (event === 'output-chunk') answer = { ...answer, text: answer.text + (told.text ?? '') };
    if (event === 'run-end') answer = { ...answer, text: told.outputs?.text ?? answer.text, error: told.error };
    yield answer;
  }
}
