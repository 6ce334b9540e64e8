export type { AnswerStore, StoredAnswer } from './answers/answers.ts';
export { type Cloud, CloudFault, type CloudReason } from './clouds/cloud.ts';
export { cloudOf } from './clouds/clouds.ts';
export type { ConnectionSource, NamedSecret, WorkspaceAccess } from './connection-source.ts';
export { type Connection, connectionsFromEnvironment } from './connections.ts';
export {
  type ConversationPlace,
  type ConversationStore,
  type KeptConversation,
  mostExchanges,
  type TalkingFlow,
} from './conversations.ts';
export { EnvironmentError } from './environment-error.ts';
export type { FileStore } from './files/file-store.ts';
export { sniff } from './files/sniff.ts';
export { FileTextError, type FileTextFault } from './files/text/file-text-error.ts';
export type { FileContent } from './files/text/parse-file.ts';
export { type TextOptions, textOfFile } from './files/text/text-of-file.ts';
export { createHost, type Host, type HostOptions, type LogLine, type WorldOptions } from './host.ts';
export type { EmbedQuestion, KnowledgeStore } from './knowledge-of-step.ts';
export { createGate, type Gate, type Leave } from './limits/gate.ts';
export { createPurse, type Purse, type PurseOptions } from './limits/purse.ts';
export { readCount, readDollars } from './limits/read-number.ts';
export { createProcessMemory, type MemoryStore } from './memory.ts';
export { type AddressKind, kindOfAddress } from './outbound/address.ts';
export { type OutboundLimits, usualLimits } from './outbound/limits.ts';
export { createOutbound, type Outbound, type OutboundCall, type OutboundCaller, type OutboundOptions } from './outbound/outbound.ts';
export type { Resolve } from './outbound/pools.ts';
export type { ModelListing } from './registry.ts';
export { addressOfProvider, openStored, type StoredConnection } from './stored-connection.ts';
