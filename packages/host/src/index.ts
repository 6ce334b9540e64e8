export { type Connection, connectionsFromEnvironment } from './connections.ts';
export { EnvironmentError } from './environment-error.ts';
export { createHost, type Host, type HostOptions, type LogLine } from './host.ts';
export { createProcessMemory, type MemoryStore } from './memory.ts';
export { type AddressKind, kindOfAddress } from './outbound/address.ts';
export { type OutboundLimits, usualLimits } from './outbound/limits.ts';
export { createOutbound, type Outbound, type OutboundCall, type OutboundCaller, type OutboundOptions } from './outbound/outbound.ts';
export type { Resolve } from './outbound/pools.ts';
export type { ModelListing } from './registry.ts';
