import type { Locale } from '@patchbay/flow';
import type { RunEvent } from '@patchbay/node-kit';
import type { FollowedEvent } from '../dispatcher/followed-event.ts';
import type { RunEndResource, RunSource } from '../resources.ts';
import { failureResource } from './run-resource.ts';

/** An event as it is sent: the run's own, with sentences where there is a failure. */
export type SentEvent = Exclude<RunEvent, { type: 'run-end' }> | ({ type: 'run-end' } & RunEndResource);

/** The same for a durable run, which may also say that it waits. */
export type SentFollowed = SentEvent | Extract<FollowedEvent, { type: 'run-wait' }>;

/**
 * What a reader is told. Values between steps are the author's: a test run shows them, a caller of a published flow sees
 * that steps run and the outputs.
 */
export function sentEvent(event: RunEvent, source: RunSource, locale: Locale): SentEvent | undefined;
export function sentEvent(event: FollowedEvent, source: RunSource, locale: Locale): SentFollowed | undefined;
export function sentEvent(event: FollowedEvent, source: RunSource, locale: Locale): SentFollowed | undefined {
  if (event.type === 'run-end') {
    const { error, ...rest } = event;
    return error === undefined ? rest : { ...rest, error: failureResource(error, locale) };
  }
  if (source === 'test' || source === 'replay') return event;
  if (event.type === 'step-chunk') return undefined;
  if (event.type !== 'step-end' || event.outputs === undefined) return event;
  const { outputs: _outputs, ...rest } = event;
  return rest;
}
