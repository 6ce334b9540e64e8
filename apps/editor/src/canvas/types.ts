import type { FlowEdge } from '@patchbay/flow';
import type { Conversion, PortType } from '@patchbay/node-kit';
import type { Edge, Node } from '@xyflow/react';

/** A card reads everything else from the store by its id. */
export type StepNode = Node<Record<string, never>, 'step' | 'container'>;

export interface WireData extends Record<string, unknown> {
  edge: FlowEdge;
  type: PortType;
  conversion: Conversion | null;
}
export type WireEdge = Edge<WireData, 'wire'>;
