import type { NewWait, WaitRow } from '@patchbay/db';
import { newId } from '@patchbay/db';
import { Parked, type WaitAnswer, type WaitRequest, type World } from '@patchbay/node-kit';
import type { WaitResource } from '../resources.ts';
import { stepKey } from './run-journal.ts';

/** What the steps of one attempt wait for. */
export interface RunWaits {
  /** Gives a step the answer it waited for in a former attempt, or notes what it waits for. */
  wait: NonNullable<World['wait']>;
  /** What was asked in this attempt and has no answer. */
  asked(): NewWait[];
}

export function createRunWaits(rows: readonly WaitRow[]): RunWaits {
  const known = new Map(rows.map((row) => [stepKey(row.scope, row.node), row]));
  const asked = new Map<string, NewWait>();
  return {
    async wait({ scope, node }, request) {
      const row = known.get(stepKey(scope, node));
      if (row?.answer != null) return JSON.parse(row.answer) as WaitAnswer;
      const ask: WaitRequest = row === undefined ? request : requestOf(row);
      asked.set(stepKey(scope, node), { id: row?.id ?? newId('wait'), scope, node, ask: JSON.stringify(ask), until: ask.until });
      throw new Parked();
    },
    asked: () => [...asked.values()],
  };
}

export const requestOf = ({ ask }: Pick<WaitRow, 'ask'>): WaitRequest => JSON.parse(ask) as WaitRequest;

/** The answer of a wait whose time has come. */
export const answerOfTime = (wait: WaitRow): string =>
  JSON.stringify({ kind: requestOf(wait).kind === 'time' ? 'time' : 'late' } satisfies WaitAnswer);

export function waitResource(wait: Pick<WaitRow, 'id' | 'node' | 'scope' | 'ask'>): WaitResource {
  const request = requestOf(wait);
  const { id, node, scope } = wait;
  const until = request.until === null ? null : new Date(request.until).toISOString();
  if (request.kind === 'time') return { id, node, scope, kind: 'time', until };
  return { id, node, scope, kind: 'person', until, message: request.message, fields: request.fields };
}
