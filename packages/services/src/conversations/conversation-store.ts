import type { ConversationKey, Database } from '@patchbay/db';
import { type ConversationPlace, type ConversationStore, mostExchanges } from '@patchbay/host';

export const keyOfPlace = ({ workspace, flow, id }: ConversationPlace): ConversationKey => ({ workspaceId: workspace, flowId: flow, id });

/** Talks in the database. It is opened after the host, so it is asked for when it is used. */
export const createConversationStore = (database: () => Database, now: () => number): ConversationStore => ({
  read: (place) => database().conversations.read(keyOfPlace(place), now()),
  add: (place, said, { keepMs, ...more }) =>
    database().conversations.add(keyOfPlace(place), { ...said, ...more, now: now(), endsAt: now() + keepMs, most: mostExchanges }),
});
