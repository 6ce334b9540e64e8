import { StepError } from './step-error.ts';

/** One question and its answer, in order; `number` counts from 1 over the conversation's whole life. */
export interface Exchange {
  number: number;
  question: string;
  answer: string;
}

/** A conversation while a step has it: nobody else can add to it meanwhile. */
export interface Conversation {
  /** As it was given, or one made for it. */
  readonly id: string;
  /** What was said and is not part of the summary, oldest first. Without what this very step said in a former attempt. */
  readonly exchanges: readonly Exchange[];
  /** What was said before these, in short; empty where nothing is left out. */
  readonly summary: string;
  /** Adds an exchange; a step adds one, and a later attempt of it takes its place. `summary` stands for all exchanges up to `upTo`. */
  add(said: { question: string; answer: string; summary?: { text: string; upTo: number } }): Promise<void>;
  /** Lets others have it. */
  close(): void;
}

/** What is remembered of the talks people have with a flow. */
export interface Conversations {
  /**
   * Waits until nobody else has it. Rejects with `invalid_input` for a name that none can have, and `rate_limited` where
   * too many wait already. An empty name begins a new one. It is forgotten `keepMs` after it was last added to.
   */
  open(id: string, keepMs: number): Promise<Conversation>;
}

/** What a caller may call a conversation. */
export const conversationId = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/;

/** Longest question or answer that is remembered, in UTF-16 units; the rest is cut off. */
export const longestSaid = 100_000;

/** Remembers nothing: each conversation is new, and gone with its step. */
export const noConversations: Conversations = {
  open: async (id) => {
    if (id !== '' && !conversationId.test(id)) throw badConversation(id);
    return { id: id === '' ? 'none' : id, exchanges: [], summary: '', add: async () => undefined, close: () => undefined };
  },
};

export const badConversation = (id: string): StepError => new StepError('invalid_input', 'conversation_name', { name: id.slice(0, 80) });
