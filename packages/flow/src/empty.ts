import type { FlowDocument } from './document.ts';

/** A flow without nodes: where building begins. */
export const emptyFlow = (name: string): FlowDocument => ({ format: 'patchbay/flow', version: 1, name, nodes: {}, edges: [], layout: {} });
