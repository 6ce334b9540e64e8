import { type FlowDocument, type Problem, splitEnd } from '@patchbay/flow';
import { type Catalogue, portsOf } from '@patchbay/node-kit';

export function checkLocal(flow: FlowDocument, catalogue: Catalogue): Problem[] {
  const problems: Problem[] = [];
  const error = (code: string, node: string, params: Problem['params'] = {}): void => {
    problems.push({ code, severity: 'error', pointer: `/nodes/${node}`, node, params });
  };
  for (const [id, node] of Object.entries(flow.nodes)) {
    const definition = catalogue.get(node.type);
    if (definition === undefined) {
      error('unknown_type', id, { type: node.type });
      continue;
    }
    if (node.parent !== undefined) error('containers_not_supported', id);
    const { issues, config } = portsOf(definition, node);
    for (const issue of issues) error('config_invalid', id, { message: issue.message });
    const { onError } = node;
    if (onError?.rule === 'fallback-model' && (onError.model === undefined || !Object.hasOwn(config, 'model'))) {
      error('fallback_model_missing', id);
    }
  }
  if (problems.length > 0) return problems;
  for (const edge of flow.edges) {
    const from = splitEnd(edge.from);
    const to = splitEnd(edge.to);
    const source = flow.nodes[from.node];
    const target = flow.nodes[to.node];
    const sourceDefinition = source && catalogue.get(source.type);
    const targetDefinition = target && catalogue.get(target.type);
    if (!source || !target || !sourceDefinition || !targetDefinition) continue;
    if (!portsOf(sourceDefinition, source).outputs.some((port) => port.id === from.port))
      error('port_missing', from.node, { port: from.port });
    if (!portsOf(targetDefinition, target).inputs.some((port) => port.id === to.port)) error('port_missing', to.node, { port: to.port });
  }
  return problems;
}
