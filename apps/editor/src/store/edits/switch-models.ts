import type { FlowDocument, FlowNode } from '@patchbay/flow';

const isDemo = (model: unknown): boolean => typeof model === 'string' && /^demo(?:\/|$)/.test(model);

/** Steps that ask the demo model by name. Those that ask for “Automatic” follow the connections by themselves. */
export const demoSteps = (nodes: Readonly<Record<string, FlowNode>>): string[] =>
  Object.entries(nodes).flatMap(([id, node]) => (isDemo(node.config['model']) ? [id] : []));

/** Lets every step that asks the demo model ask this one. */
export function switchFromDemo(draft: FlowDocument, model: string): void {
  for (const id of demoSteps(draft.nodes)) {
    const node = draft.nodes[id];
    if (node !== undefined) node.config['model'] = model;
  }
}
