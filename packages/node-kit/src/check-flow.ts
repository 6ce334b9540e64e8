import { checkGraph, type FlowDocument, type Problem, pointerStep } from '@patchbay/flow';
import { checkContainers } from './check-containers.ts';
import { checkMasks } from './check-masks.ts';
import { checkNode } from './check-node.ts';
import { checkWires } from './check-wires.ts';
import type { Catalogue } from './definition.ts';
import type { KitCode } from './describe-problem.ts';
import { declaredFields, type FlowField } from './face.ts';
import { labelParams } from './label.ts';
import { checkRoutes } from './proof.ts';
import { type ResolvedFlow, resolveFlow } from './resolve.ts';

/**
 * Everything that is wrong with a flow, each with its place: between its parts, in each node's config and values,
 * on each wire, and on the routes a run can take. A flow with an error does not run; any draft can be saved.
 */
export function checkFlow(flow: FlowDocument, catalogue: Catalogue): Problem[] {
  const problems: Problem[] = checkGraph(flow);
  const resolved = resolveFlow(flow, catalogue);
  for (const [id, node] of Object.entries(flow.nodes)) {
    const placed = resolved.nodes.get(id);
    if (placed !== undefined) problems.push(...checkNode(placed, resolved));
    else
      problems.push({
        ...at(id),
        code: 'unknown_type',
        severity: 'error',
        pointer: `/nodes/${pointerStep(id)}/type`,
        params: { type: node.type },
      });
  }
  problems.push(...checkWires(resolved), ...checkContainers(resolved), ...checkEnds(resolved), ...checkMasks(resolved));
  // On a broken flow the routes would only repeat what is said already.
  if (!problems.some((problem) => problem.severity === 'error')) problems.push(...checkRoutes(resolved));
  return problems;
}

const at = (node: string) => ({ node, pointer: `/nodes/${pointerStep(node)}`, params: {} });

/** A flow needs an output, what is wired should lead to one, and a name used twice should mean one thing. */
function checkEnds(resolved: ResolvedFlow): Problem<KitCode>[] {
  const placed = [...resolved.nodes.values()];
  const problems: Problem<KitCode>[] = [...fieldTypes(resolved, 'flow-input'), ...fieldTypes(resolved, 'flow-output')];
  const outputs = placed.filter((node) => node.definition.role === 'flow-output' && node.node.bypass !== true);
  if (outputs.length === 0) return [...problems, { code: 'no_output', severity: 'error', pointer: '/nodes', params: {} }];
  const reached = reachBack(
    resolved,
    outputs.map((node) => node.id),
  );
  for (const { id, definition } of placed) {
    const has = reached.has(id) || definition.role === 'annotation' || definition.role === 'container' || definition.repeatable !== true;
    if (!has && definition.role !== 'flow-output') problems.push({ ...at(id), code: 'leads_nowhere', severity: 'warning' });
  }
  return problems;
}

/** All nodes from which a wire leads, step by step, to one of the given ones. */
function reachBack(resolved: ResolvedFlow, targets: readonly string[]): Set<string> {
  const sources = new Map<string, string[]>();
  for (const wire of [...resolved.wiresInto.values()].flat()) {
    const list = sources.get(wire.to.id);
    if (list === undefined) sources.set(wire.to.id, [wire.from.id]);
    else list.push(wire.from.id);
  }
  const reached = new Set(targets);
  const open = [...targets];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const source of sources.get(id) ?? []) {
      if (reached.has(source)) continue;
      reached.add(source);
      open.push(source);
    }
  }
  return reached;
}

function fieldTypes({ nodes }: ResolvedFlow, role: 'flow-input' | 'flow-output'): Problem<KitCode>[] {
  const first = new Map<string, FlowField>();
  const problems: Problem<KitCode>[] = [];
  for (const { id, definition, config } of nodes.values()) {
    if (definition.role !== role) continue;
    for (const [index, field] of declaredFields(id, config, role).entries()) {
      const before = first.get(field.id);
      if (before === undefined) first.set(field.id, field);
      else if (before.node !== id && before.type !== field.type) {
        const params = { ...labelParams('field', field.id, field.title), first: before.type, second: field.type };
        problems.push({ ...at(id), code: 'field_types_differ', severity: 'error', pointer: `/nodes/${id}/config/fields/${index}`, params });
      }
    }
  }
  return problems;
}
