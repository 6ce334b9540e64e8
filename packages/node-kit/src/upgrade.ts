import type { FlowDocument, FlowNode } from '@patchbay/flow';
import type { Catalogue } from './definition.ts';

export interface Upgrade {
  flow: FlowDocument;
  /** Ids of nodes whose config was rewritten. */
  changed: string[];
}

/**
 * Brings every node's config to the version its type has now, in memory. Unknown types, and nodes written
 * by a newer type, are kept untouched; the check names them.
 */
export function upgradeNodes(flow: FlowDocument, catalogue: Catalogue): Upgrade {
  const changed: string[] = [];
  const nodes = Object.entries(flow.nodes).map(([id, node]): [string, FlowNode] => {
    const definition = catalogue.get(node.type);
    const from = node.v ?? 1;
    if (definition === undefined || from >= definition.version) return [id, node];
    changed.push(id);
    const config = definition.migrate === undefined ? node.config : definition.migrate(node.config, from);
    return [id, { ...node, v: definition.version, config }];
  });
  return changed.length === 0 ? { flow, changed } : { flow: { ...flow, nodes: Object.fromEntries(nodes) }, changed };
}
