import type { FlowDocument, FlowNode } from '@patchbay/flow';

/** The two halves of an edge's end, `node.port`. */
export const endNode = (end: string): string => end.slice(0, end.indexOf('.'));
export const endPort = (end: string): string => end.slice(end.indexOf('.') + 1);
export const joinEnd = (node: string, port: string): string => `${node}.${port}`;

/** A node by own key only: `constructor` is a legal id. */
export const nodeOf = (flow: FlowDocument, id: string): FlowNode | undefined =>
  Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined;
