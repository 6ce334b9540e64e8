import type { FlowDocument, Json } from '@patchbay/flow';
import type {
  FlowList,
  FlowResource,
  NewKeyResource,
  RunDetail,
  RunList,
  VersionDetail,
  VersionResource,
} from '@patchbay/services/resources';
import type { ToldEvent } from '../store/run-state.ts';
import type { SaveDraft } from '../store/types.ts';
import { ApiError, call, send, UnreachableError } from './client.ts';
import { readEvents } from './events.ts';

const at = (id: string): string => `/api/flows/${encodeURIComponent(id)}`;

export const listFlows = (signal?: AbortSignal): Promise<FlowList> => call('/api/flows', { signal });
export const createFlow = (flow: FlowDocument, slug?: string): Promise<FlowResource> =>
  call(slug === undefined ? '/api/flows' : `/api/flows?slug=${encodeURIComponent(slug)}`, { method: 'POST', body: flow });
export const readFlow = (id: string, signal?: AbortSignal): Promise<FlowResource> => call(at(id), { signal });
export const deleteFlow = (id: string): Promise<void> => call(at(id), { method: 'DELETE' });
export const publishFlow = (id: string, slug: string): Promise<VersionResource> =>
  call(`${at(id)}/versions`, { method: 'POST', body: { slug } });
export const readVersion = (id: string, version: number, signal?: AbortSignal): Promise<VersionDetail> =>
  call(`${at(id)}/versions/${version}`, { signal });
export const createKey = (name: string, slug: string): Promise<NewKeyResource> =>
  call('/api/keys', { method: 'POST', body: { name, scopes: ['run'], flows: [slug] } });

/** Saves with `If-Match`; somebody else's newer draft comes back as a conflict. */
export const saverOf =
  (id: string): SaveDraft =>
  async (flow, etag) => {
    try {
      const saved = await call<FlowResource>(at(id), { method: 'PUT', body: flow, headers: { 'If-Match': etag } });
      return { kind: 'saved', etag: saved.etag };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 412) {
        const theirs = await readFlow(id);
        return { kind: 'conflict', theirs: theirs.flow, etag: theirs.etag };
      }
      // The server is in trouble, not the draft: try again later.
      if (error.status >= 500) throw error;
      return { kind: 'refused', message: error.message };
    }
  };

/** Runs the draft as the server holds it. Aborting stops the run. */
export async function* runDraft(id: string, inputs: Record<string, Json>, signal: AbortSignal): AsyncGenerator<ToldEvent> {
  const response = await send(`${at(id)}/runs`, { method: 'POST', body: { inputs }, headers: { Accept: 'text/event-stream' }, signal });
  if (response.body === null) throw new UnreachableError();
  for await (const event of readEvents(response.body)) yield toRunEvent(event.event, event.data);
}

/** A run's event from its name and data; the server wrote both. */
const toRunEvent = (type: string, data: string): ToldEvent => ({ ...JSON.parse(data), type }) as ToldEvent;

export const listRuns = (before: string | null, signal?: AbortSignal): Promise<RunList> =>
  call(`/api/runs${before === null ? '' : `?before=${encodeURIComponent(before)}`}`, { signal });
export const readRun = (id: string, signal?: AbortSignal): Promise<RunDetail> => call(`/api/runs/${encodeURIComponent(id)}`, { signal });
