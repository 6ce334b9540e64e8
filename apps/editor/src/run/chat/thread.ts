import { storage, write } from '../../store/storage.ts';

/** One bubble. */
export interface Said {
  who: 'you' | 'flow';
  text: string;
  /** What is to be told of it: it broke off, or failed with this sentence. */
  note?: { kind: 'stopped' | 'nothing' } | { kind: 'failed'; sentence: string };
}

/** The talk a person has with one flow in this tab. */
export interface Thread {
  conversation: string;
  said: readonly Said[];
  /** A message is on its way. */
  pending: boolean;
  /** Whether what was said before has been asked for. */
  read: boolean;
}

const threads = new Map<string, Thread>();
const listeners = new Set<() => void>();
const keyOf = (flow: string): string => `patchbay.talk.${flow}`;

/** A name nobody else has; a test talk is told by it. */
const freshName = (): string => `test_${crypto.randomUUID()}`;

/** The thread of a flow: the one of this tab goes on after a reload. */
export function threadOf(flow: string): Thread {
  const known = threads.get(flow);
  if (known !== undefined) return known;
  const kept = storage('sessionStorage')?.getItem(keyOf(flow)) ?? null;
  return keep(flow, { conversation: kept ?? freshName(), said: [], pending: false, read: kept === null });
}

export function changeThread(flow: string, change: Partial<Thread>): void {
  keep(flow, { ...threadOf(flow), ...change });
  for (const listener of listeners) listener();
}

/** Begins anew, and gives the name of the talk that is left. */
export function freshThread(flow: string): string {
  const { conversation } = threadOf(flow);
  changeThread(flow, { conversation: freshName(), said: [], pending: false, read: true });
  return conversation;
}

export function onThread(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** As if the page had been opened anew: for tests. */
export const forgetThreads = (): void => threads.clear();

function keep(flow: string, thread: Thread): Thread {
  threads.set(flow, thread);
  write(storage('sessionStorage'), keyOf(flow), thread.conversation);
  return thread;
}
