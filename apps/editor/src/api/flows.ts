import type { FlowDocument, Json } from '@patchbay/flow';
import type {
  ConversationResource,
  EstimateResource,
  FlowList,
  FlowResource,
  PinList,
  RunDetail,
  RunList,
  RunResource,
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

/** What of a draft is to run: all of it, one step, or a step with what comes after it. */
export interface RunBody {
  /** Absent: those of the run whose values are reused. */
  inputs?: Record<string, Json>;
  only?: string[];
  from?: string;
}

/** Runs the draft as the server holds it. Aborting stops the run. */
export async function* runDraft(id: string, body: RunBody, signal: AbortSignal): AsyncGenerator<ToldEvent> {
  const response = await send(`${at(id)}/runs`, { method: 'POST', body, headers: { Accept: 'text/event-stream' }, signal });
  if (response.body === null) throw new UnreachableError();
  for await (const event of readEvents(response.body)) yield toRunEvent(event.event, event.data);
}

const talkAt = (id: string, conversation: string): string => `${at(id)}/conversations/${encodeURIComponent(conversation)}`;
export const readConversation = (id: string, conversation: string): Promise<ConversationResource> => call(talkAt(id, conversation));
export const deleteConversation = (id: string, conversation: string): Promise<void> => call(talkAt(id, conversation), { method: 'DELETE' });

/** A run's event from its name and data; the server wrote both. */
const toRunEvent = (type: string, data: string): ToldEvent => ({ ...JSON.parse(data), type }) as ToldEvent;

export const listRuns = (before: string | null, signal?: AbortSignal): Promise<RunList> =>
  call(`/api/runs${before === null ? '' : `?before=${encodeURIComponent(before)}`}`, { signal });
export const readRun = (id: string, signal?: AbortSignal): Promise<RunDetail> => call(`/api/runs/${encodeURIComponent(id)}`, { signal });

export const listPins = (id: string, signal?: AbortSignal): Promise<PinList> => call(`${at(id)}/pins`, { signal });
/** Pins values of a step; without any its pin is taken away. */
export const savePin = (id: string, node: string, outputs: Readonly<Record<string, Json>> | undefined): Promise<unknown> =>
  call(`${at(id)}/pins/${encodeURIComponent(node)}`, outputs === undefined ? { method: 'DELETE' } : { method: 'PUT', body: { outputs } });

export const estimateDraft = (id: string, inputs: Record<string, Json>, signal: AbortSignal): Promise<EstimateResource> =>
  call(`${at(id)}/estimate`, { method: 'POST', body: { inputs }, signal });

const atRun = (id: string): string => `/api/runs/${encodeURIComponent(id)}`;

/** Replays a stored run and answers the id of the new one, however it ended. */
export async function replayRun(id: string, version: 'recorded' | 'draft'): Promise<string> {
  try {
    return (await call<RunResource>(`${atRun(id)}/replay`, { method: 'POST', body: { version } })).run.id;
  } catch (error) {
    const failed = error instanceof ApiError ? error.problem?.runId : undefined;
    if (failed === undefined) throw error;
    return failed;
  }
}
export const answerWait = (run: string, wait: string, values: Record<string, Json>): Promise<void> =>
  call(`${atRun(run)}/answers/${encodeURIComponent(wait)}`, { method: 'POST', body: { values } });
export const cancelRun = (id: string): Promise<void> => call(`${atRun(id)}/cancel`, { method: 'POST', body: {} });
