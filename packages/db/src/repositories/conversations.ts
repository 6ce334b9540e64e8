import { and, asc, eq, gt, lte, max } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { conversations, exchanges, flows } from '../tables.ts';

/** Which conversation: they belong to a flow. */
export interface ConversationKey {
  workspaceId: string;
  flowId: string;
  id: string;
}
export type ExchangeRow = Pick<typeof exchanges.$inferSelect, 'number' | 'key' | 'question' | 'answer' | 'createdAt'>;
export type ConversationRow = Pick<typeof conversations.$inferSelect, 'summary' | 'summarised' | 'updatedAt' | 'endsAt'>;

export interface NewExchange {
  /** The step that made it: what it made before is replaced. */
  key: string;
  question: string;
  answer: string;
  now: number;
  /** When the conversation is forgotten, unless it goes on. */
  endsAt: number;
  summary: { text: string; upTo: number } | undefined;
  /** It was there when the step read it: where somebody has deleted it since, it stays deleted. */
  goesOn: boolean;
  /** Most exchanges that are kept; the oldest go. */
  most: number;
}

export interface ConversationsRepository {
  /** The conversation with what was said, oldest first; undefined for one that is not there or has run out. */
  read(of: ConversationKey, now: number): Promise<(ConversationRow & { exchanges: ExchangeRow[] }) | undefined>;
  /** Adds an exchange, if its flow is still there, and forgets all conversations whose time is over. */
  add(of: ConversationKey, exchange: NewExchange): Promise<void>;
  /** False where there is none. */
  remove(of: ConversationKey, now: number): Promise<boolean>;
}

const itself = ({ workspaceId, flowId, id }: ConversationKey) =>
  and(eq(conversations.workspaceId, workspaceId), eq(conversations.flowId, flowId), eq(conversations.id, id));
const inside = ({ workspaceId, flowId, id }: ConversationKey) =>
  and(eq(exchanges.workspaceId, workspaceId), eq(exchanges.flowId, flowId), eq(exchanges.conversationId, id));

export function createConversationsRepository({ drizzle, transaction }: Connection): ConversationsRepository {
  const find = (of: ConversationKey, now: number): ConversationRow | undefined => {
    const { summary, summarised, updatedAt, endsAt } = conversations;
    return drizzle
      .select({ summary, summarised, updatedAt, endsAt })
      .from(conversations)
      .where(and(itself(of), gt(endsAt, now)))
      .get();
  };

  /** The number an exchange has, or gets. */
  const numberOf = (of: ConversationKey, key: string): number => {
    const again = drizzle
      .select({ number: exchanges.number })
      .from(exchanges)
      .where(and(inside(of), eq(exchanges.key, key)))
      .get();
    const last = drizzle
      .select({ number: max(exchanges.number) })
      .from(exchanges)
      .where(inside(of))
      .get();
    return again?.number ?? (last?.number ?? 0) + 1;
  };

  return {
    read: (of, now) =>
      attempt(() => {
        const row = find(of, now);
        if (row === undefined) return undefined;
        const { number, key, question, answer, createdAt } = exchanges;
        const said = drizzle
          .select({ number, key, question, answer, createdAt })
          .from(exchanges)
          .where(inside(of))
          .orderBy(asc(number))
          .all();
        return { ...row, exchanges: said };
      }),
    add: (of, { key, question, answer, now, endsAt, summary, goesOn, most }) =>
      attempt(() =>
        transaction(() => {
          if (!mayKeep(drizzle, of, goesOn)) return;
          drizzle.delete(conversations).where(lte(conversations.endsAt, now)).run();
          const short = summary === undefined ? {} : { summary: summary.text, summarised: summary.upTo };
          const row = { ...of, summary: '', summarised: 0, updatedAt: now, endsAt, ...short };
          const target = [conversations.workspaceId, conversations.flowId, conversations.id];
          drizzle
            .insert(conversations)
            .values(row)
            .onConflictDoUpdate({ target, set: { updatedAt: now, endsAt, ...short } })
            .run();
          const number = numberOf(of, key);
          const place = { workspaceId: of.workspaceId, flowId: of.flowId, conversationId: of.id, number };
          const said = { key, question, answer, createdAt: now };
          drizzle
            .insert(exchanges)
            .values({ ...place, ...said })
            .onConflictDoUpdate({
              target: [exchanges.workspaceId, exchanges.flowId, exchanges.conversationId, exchanges.number],
              set: said,
            })
            .run();
          drizzle
            .delete(exchanges)
            .where(and(inside(of), lte(exchanges.number, number - most)))
            .run();
        }),
      ),
    remove: (of, now) =>
      attempt(() => {
        const there = find(of, now) !== undefined;
        drizzle.delete(conversations).where(itself(of)).run();
        return there;
      }),
  };
}

function mayKeep(drizzle: Connection['drizzle'], of: ConversationKey, goesOn: boolean): boolean {
  const flow = and(eq(flows.workspaceId, of.workspaceId), eq(flows.id, of.flowId));
  if (drizzle.select({ id: flows.id }).from(flows).where(flow).get() === undefined) return false;
  return !goesOn || drizzle.select({ id: conversations.id }).from(conversations).where(itself(of)).get() !== undefined;
}
