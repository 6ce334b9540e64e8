import { eq } from 'drizzle-orm';
import { attempt } from './attempt.ts';
import { type Connection, openConnection } from './connection.ts';
import { type AnswersRepository, createAnswersRepository } from './repositories/answers.ts';
import { type ConversationsRepository, createConversationsRepository } from './repositories/conversations.ts';
import { type CredentialsRepository, createCredentialsRepository } from './repositories/credentials.ts';
import { createDataKeysRepository, type DataKeysRepository } from './repositories/data-keys.ts';
import { createFilesRepository, type FilesRepository } from './repositories/files.ts';
import { createFlowsRepository, type FlowsRepository } from './repositories/flows.ts';
import { createJournalRepository } from './repositories/journal.ts';
import type { JournalRepository } from './repositories/journal-types.ts';
import { createKeysRepository, type KeysRepository } from './repositories/keys.ts';
import { createKnowledgeRepository, type KnowledgeRepository } from './repositories/knowledge.ts';
import { createMemoryRepository, type MemoryRepository } from './repositories/memory.ts';
import { createPassagesRepository, type PassagesRepository } from './repositories/passages.ts';
import { createPinsRepository, type PinsRepository } from './repositories/pins.ts';
import { createRanDraftsRepository, type RanDraftsRepository } from './repositories/ran-drafts.ts';
import { createRunsRepository, type RunsRepository } from './repositories/runs.ts';
import { createSessionsRepository, type SessionsRepository } from './repositories/sessions.ts';
import { createSpendingRepository, type SpendingRepository } from './repositories/spending.ts';
import { createVersionsRepository, type VersionsRepository } from './repositories/versions.ts';
import { createWaitsRepository, type WaitsRepository } from './repositories/waits.ts';
import { createWorkspacesRepository, type WorkspacesRepository } from './repositories/workspaces.ts';
import { noteSpace, spaceIsShort } from './space.ts';
import { workspaces } from './tables.ts';

/** The workspace of an installation without accounts. */
export const localWorkspace = 'ws_local';

export interface Database {
  flows: FlowsRepository;
  versions: VersionsRepository;
  runs: RunsRepository;
  journal: JournalRepository;
  waits: WaitsRepository;
  keys: KeysRepository;
  sessions: SessionsRepository;
  memory: MemoryRepository;
  conversations: ConversationsRepository;
  spending: SpendingRepository;
  answers: AnswersRepository;
  credentials: CredentialsRepository;
  dataKeys: DataKeysRepository;
  knowledge: KnowledgeRepository;
  passages: PassagesRepository;
  files: FilesRepository;
  workspaces: WorkspacesRepository;
  pins: PinsRepository;
  ranDrafts: RanDraftsRepository;
  /** Rejects with StorageError when the store does not answer, or when a write failed for want of space and none goes through yet. */
  ping(): Promise<void>;
  /** Waits for records that are still to be written. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** False for a file that is a copy itself: it is not copied again before it is migrated. */
  keepCopy?: boolean;
  /** True for a server: waiting for the disk is left to a thread. */
  checkpointsInThread?: boolean;
}

/** Opens the database file with its schema up to date. Rejects with a StorageError whose message is a sentence for the person who started us. */
export async function openDatabase(file: string, options: OpenOptions = {}): Promise<Database> {
  const connection = await openConnection(file, options);
  const db = connection.drizzle;
  await attempt(() =>
    db.insert(workspaces).values({ id: localWorkspace, name: 'Local', createdAt: Date.now() }).onConflictDoNothing().run(),
  );
  if (options.checkpointsInThread === true) connection.checkpointInThread();
  const runs = createRunsRepository(connection);
  const journal = createJournalRepository(connection);
  const ping = db.select({ id: workspaces.id }).from(workspaces).limit(1).prepare();
  return {
    flows: createFlowsRepository(connection),
    versions: createVersionsRepository(connection),
    runs,
    journal,
    waits: createWaitsRepository(connection),
    keys: createKeysRepository(connection),
    sessions: createSessionsRepository(connection),
    memory: createMemoryRepository(connection),
    conversations: createConversationsRepository(connection),
    spending: createSpendingRepository(connection),
    answers: createAnswersRepository(connection),
    credentials: createCredentialsRepository(connection),
    dataKeys: createDataKeysRepository(connection),
    knowledge: createKnowledgeRepository(connection),
    passages: createPassagesRepository(connection),
    files: createFilesRepository(connection),
    workspaces: createWorkspacesRepository(connection),
    pins: createPinsRepository(connection),
    ranDrafts: createRanDraftsRepository(connection),
    ping: () => attempt(() => (spaceIsShort() ? writeOnce(connection) : void ping.get()), 500),
    async close() {
      await runs.settled();
      await journal.settled();
      await connection.close();
    },
  };
}

/** Sees that writing works. It leaves nothing, but its page is written: one that is set to what it was would not be. */
function writeOnce({ drizzle, transaction }: Connection): void {
  const probe = { id: 'ws_probe', name: '', createdAt: 0 };
  transaction(() => {
    drizzle.insert(workspaces).values(probe).run();
    drizzle.delete(workspaces).where(eq(workspaces.id, probe.id)).run();
  });
  noteSpace(false);
}
