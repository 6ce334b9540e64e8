import { type Problem, pointerStep } from '@patchbay/flow';
import type { KitCode } from './describe-problem.ts';
import { labelParams } from './label.ts';
import type { PlacedNode, ResolvedFlow, Wire } from './resolve.ts';

/**
 * What is wrong around containers, seen through the catalogue: ends of the flow inside one, and wires on the wrong side of
 * one's ports. Who stands in whom, and wires that leave a container, are judged by `checkGraph`.
 */
export function checkContainers(resolved: ResolvedFlow): Problem<KitCode>[] {
  const nodes = [...resolved.nodes.values()];
  if (nodes.every(({ definition }) => definition.role !== 'container')) return [];
  return [
    ...tooDeep(resolved),
    ...nodes.flatMap(endsInside),
    ...[...resolved.wiresInto.values()].flat().flatMap((wire) => wrongSides(wire, resolved)),
  ];
}

/** So many containers may stand in each other. What enters the innermost passes through all of them. */
const deepest = 20;

function tooDeep({ nodes }: ResolvedFlow): Problem<KitCode>[] {
  for (const { id, node } of nodes.values()) {
    let depth = 0;
    for (let { parent } = node; parent !== undefined && depth <= deepest; depth += 1) parent = nodes.get(parent)?.node.parent;
    if (depth <= deepest) continue;
    const place = { severity: 'error', pointer: `/nodes/${pointerStep(id)}/parent`, node: id } as const;
    return [{ ...place, code: 'nested_too_deep', params: { limit: deepest } }];
  }
  return [];
}

function endsInside({ id, node, definition }: PlacedNode): Problem<KitCode>[] {
  if (node.parent === undefined || (definition.role !== 'flow-input' && definition.role !== 'flow-output')) return [];
  const place = { severity: 'error', pointer: `/nodes/${pointerStep(id)}/parent`, node: id } as const;
  return [{ ...place, code: 'end_in_container', params: { container: node.parent } }];
}

function wrongSides(wire: Wire, resolved: ResolvedFlow): Problem<KitCode>[] {
  const { from, output, to, input, index } = wire;
  const problems: Problem<KitCode>[] = [];
  const place = { severity: 'error', edge: index } as const;
  if ((output.inner === true) !== standsIn(to, from.id, resolved)) {
    const params = { ...labelParams('port', output.id, output.title), container: from.id };
    const code = output.inner === true ? 'port_is_inside' : 'port_is_outside';
    problems.push({ ...place, code, pointer: `/edges/${index}/from`, node: from.id, port: output.id, params });
  }
  if ((input.inner === true) !== (from.node.parent === to.id)) {
    const params = { ...labelParams('port', input.id, input.title), container: to.id };
    const code = input.inner === true ? 'port_is_inside' : 'port_is_outside';
    problems.push({ ...place, code, pointer: `/edges/${index}/to`, node: to.id, port: input.id, params });
  }
  return problems;
}

/** Whether a node stands in a container, at any depth. Parents that go round in a circle are told elsewhere. */
function standsIn({ node }: PlacedNode, container: string, { nodes }: ResolvedFlow): boolean {
  let parent = node.parent;
  for (let steps = 0; parent !== undefined && steps <= nodes.size; steps += 1) {
    if (parent === container) return true;
    parent = nodes.get(parent)?.node.parent;
  }
  return false;
}
