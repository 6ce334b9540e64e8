import { createHash } from 'node:crypto';
import {
  badConversation,
  type Conversation,
  type Conversations,
  conversationId,
  longestSaid,
  StepError,
  type StepHandle,
} from '@patchbay/node-kit';
import { LRUCache } from 'lru-cache';

/** Which conversation: they belong to a flow. */
export interface ConversationPlace {
  workspace: string;
  flow: string;
  id: string;
}

/** An exchange as a store has it; `key` is the step that made it. */
export interface KeptExchange {
  number: number;
  key: string;
  question: string;
  answer: string;
}
export interface KeptConversation {
  summary: string;
  /** Exchanges up to this number are in the summary. */
  summarised: number;
  exchanges: KeptExchange[];
}

/** Where conversations are kept. */
export interface ConversationStore {
  /** The last exchanges that are not summarised, oldest first; undefined for one that is not there or has run out. */
  read(place: ConversationPlace): Promise<KeptConversation | undefined>;
  /** Adds an exchange, or puts it in the place of the one with its key. */
  add(place: ConversationPlace, said: Omit<KeptExchange, 'number'>, more: AddOptions): Promise<void>;
}
export interface AddOptions {
  keepMs: number;
  summary: { text: string; upTo: number } | undefined;
  /** It was there when the step opened it: where it has been deleted since, nothing is kept. */
  goesOn: boolean;
}

/** A flow whose talks are remembered, and what must not be kept of them. */
export interface TalkingFlow {
  id: string;
  /** Takes out of a text what the flow hides. */
  hide?: ((text: string) => string) | undefined;
}

/** So many steps may wait for one conversation. */
const mostWaiting = 8;

/** Gives each conversation to one step at a time, in the order in which they asked. */
export function createConversations(store: ConversationStore) {
  const lines = new Map<string, Promise<void>[]>();

  /** Waits for the steps before this one; what it gives ends its turn. */
  async function enter(key: string, signal: AbortSignal): Promise<() => void> {
    const line = lines.get(key) ?? [];
    if (line.length > mostWaiting) throw new StepError('rate_limited', 'conversation_busy', { limit: mostWaiting });
    const { promise, resolve } = Promise.withResolvers<void>();
    lines.set(key, [...line, promise]);
    const leave = (): void => {
      const left = (lines.get(key) ?? []).filter((other) => other !== promise);
      if (left.length === 0) lines.delete(key);
      else lines.set(key, left);
      signal.removeEventListener('abort', leave);
      resolve();
    };
    signal.addEventListener('abort', leave, { once: true });
    // All of them: one that leaves early ends its own turn, not that of who still has it.
    if (line.length > 0) await Promise.all(line);
    if (signal.aborted) {
      leave();
      throw new StepError('cancelled', 'asked');
    }
    return leave;
  }

  return (step: StepHandle, workspace: string, { id: flow, hide = (text) => text }: TalkingFlow): Conversations => ({
    async open(given, keepMs): Promise<Conversation> {
      if (given !== '' && !conversationId.test(given)) throw badConversation(given);
      const key = hashOf(`${step.run}\n${step.scope}\n${step.node}`);
      const place = { workspace, flow, id: given === '' ? `conv_${key}` : given };
      const leave = await enter(JSON.stringify(place), step.signal);
      try {
        const found = await store.read(place);
        const { summary = '', summarised = 0, exchanges = [] } = found ?? {};
        const goesOn = found !== undefined;
        return {
          id: place.id,
          summary,
          exchanges: exchanges.filter((said) => said.number > summarised && said.key !== key),
          add: ({ question, answer, summary: short }) => {
            const kept = { key, question: hide(question).slice(0, longestSaid), answer: hide(answer).slice(0, longestSaid) };
            return store.add(place, kept, { keepMs, goesOn, summary: short && { ...short, text: hide(short.text).slice(0, longestSaid) } });
          },
          close: leave,
        };
      } catch (error) {
        leave();
        throw error;
      }
    },
  });
}

/** 128 bits of it: nobody can guess the name of a conversation from outside its run. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** Most exchanges of one conversation that are kept. */
export const mostExchanges = 1_000;

/** A store that lasts as long as the process. */
export function createProcessConversations(now: () => number): ConversationStore {
  const kept = new LRUCache<string, KeptConversation & { endsAt: number }>({ max: 1_000 });
  const find = (place: ConversationPlace) => {
    const found = kept.get(JSON.stringify(place));
    return found === undefined || found.endsAt <= now() ? undefined : found;
  };
  return {
    read: async (place) => find(place),
    add: async (place, said, { keepMs, summary }) => {
      const { exchanges = [], ...before } = find(place) ?? { summary: '', summarised: 0 };
      const last = exchanges.at(-1)?.number ?? 0;
      const again = exchanges.find(({ key }) => key === said.key);
      const one = { ...said, number: again?.number ?? last + 1 };
      const all = again === undefined ? [...exchanges, one] : exchanges.map((other) => (other === again ? one : other));
      const short = summary === undefined ? before : { summary: summary.text, summarised: summary.upTo };
      kept.set(JSON.stringify(place), { ...short, exchanges: all.slice(-mostExchanges), endsAt: now() + keepMs });
    },
  };
}
