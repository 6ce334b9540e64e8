export { attempt, busyLimitMs } from './attempt.ts';
export { type CopyProgress, copyDatabase } from './copy-database.ts';
export { type Database, localWorkspace, openDatabase } from './database.ts';
export { describeFile, type FileDescription } from './describe-file.ts';
export { holdFile } from './hold-file.ts';
export { firstIdAt, newId } from './ids.ts';
export { checkUnused, replaceDatabase } from './replace-database.ts';
export type { AnswersRepository } from './repositories/answers.ts';
export type { ConversationKey, ConversationsRepository } from './repositories/conversations.ts';
export type { CredentialRow, CredentialsRepository } from './repositories/credentials.ts';
export type { DataKeyRow, DataKeysRepository } from './repositories/data-keys.ts';
export type { FileRow, FilesRepository } from './repositories/files.ts';
export type { FlowListRow, FlowRow, FlowsRepository } from './repositories/flows.ts';
export type {
  AttemptKey,
  DurableRun,
  JournalEntry,
  JournalRepository,
  KnownStart,
  NewDurableRun,
  NewEntry,
  RunEnd,
  UnfinishedRun,
} from './repositories/journal-types.ts';
export type { KeyRow, KeysRepository } from './repositories/keys.ts';
export type {
  KnowledgeBaseListRow,
  KnowledgeBaseRow,
  KnowledgeDocumentRow,
  KnowledgeRepository,
  NewKnowledgeDocument,
} from './repositories/knowledge.ts';
export type { MemoryRepository } from './repositories/memory.ts';
export type { FoundPassage, NewPassage, PassagesRepository } from './repositories/passages.ts';
export type { PinRow, PinsRepository } from './repositories/pins.ts';
export type { RanDraftsRepository } from './repositories/ran-drafts.ts';
export type { RunListRow, RunRow, RunsRepository } from './repositories/runs.ts';
export type { SessionsRepository } from './repositories/sessions.ts';
export type { SpendingRepository, Spent } from './repositories/spending.ts';
export type { NewVersion, PublishedRow, VersionRow, VersionsRepository } from './repositories/versions.ts';
export type { NewWait, WaitRow, WaitsRepository } from './repositories/waits.ts';
export type { WorkspacesRepository } from './repositories/workspaces.ts';
export { StorageError, type StorageReason } from './storage-error.ts';
export { timeInName } from './upgrade-copy.ts';
