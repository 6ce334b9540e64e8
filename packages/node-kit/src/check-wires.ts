import { own, type Problem, splitEnd } from '@patchbay/flow';
import { edgeConversion, ruleFits } from './convert.ts';
import type { KitCode } from './describe-problem.ts';
import { labelParams, typeParams } from './label.ts';
import type { ResolvedFlow, Wire } from './resolve.ts';

/** What is wrong with the wires between nodes of known types: ports that are not there, types that do not fit, ports that are full. */
export function checkWires(resolved: ResolvedFlow): Problem<KitCode>[] {
  return [...missingPorts(resolved), ...[...resolved.wiresInto.values()].flatMap(checkPort)];
}

function missingPorts({ flow, nodes }: ResolvedFlow): Problem<KitCode>[] {
  return flow.edges.flatMap((edge, index): Problem<KitCode>[] => {
    const from = splitEnd(edge.from);
    const to = splitEnd(edge.to);
    const problems: Problem<KitCode>[] = [];
    const source = nodes.get(from.node);
    const target = nodes.get(to.node);
    const place = { severity: 'error', edge: index } as const;
    if (source !== undefined && !source.outputOf.has(from.port)) {
      const params = { port: from.port, edge: `${edge.from} → ${edge.to}` };
      problems.push({ ...place, code: 'edge_from_no_port', pointer: `/edges/${index}/from`, node: from.node, port: from.port, params });
    }
    if (target !== undefined && !target.inputOf.has(to.port)) {
      const params = { port: to.port, edge: `${edge.from} → ${edge.to}` };
      problems.push({ ...place, code: 'edge_to_no_port', pointer: `/edges/${index}/to`, node: to.node, port: to.port, params });
    }
    return problems;
  });
}

/** All wires into one port. */
function checkPort(wires: readonly Wire[]): Problem<KitCode>[] {
  const [first] = wires;
  if (first === undefined) return [];
  const { to, input } = first;
  const rule = own(to.node.fanIn ?? {}, input.id) ?? input.fanIn;
  const unfit = wires.flatMap((wire) => checkTypes(wire, rule));
  if (wires.length === 1) return unfit;
  const place = {
    severity: 'error',
    pointer: `/edges/${wires[1]?.index ?? 0}/to`,
    edge: wires[1]?.index ?? 0,
    node: to.id,
    port: input.id,
  } as const;
  const params = { ...labelParams('port', input.id, input.title), ...typeParams('expected', input.type), count: wires.length };
  if (rule === undefined) return [...unfit, { ...place, code: 'needs_fan_in', params }];
  // A rule written on the node is judged there; this one is the port's own.
  if (input.fanIn === rule && !ruleFits(rule, input.type)) return [...unfit, { ...place, code: 'fan_in_does_not_fit', params }];
  return unfit;
}

function checkTypes({ index, from, output, to, input }: Wire, rule: Parameters<typeof edgeConversion>[2]): Problem<KitCode>[] {
  if (edgeConversion(output.type, input.type, rule) !== null) return [];
  const params = { ...typeParams('from', output.type), ...typeParams('to', input.type), ...labelParams('port', input.id, input.title) };
  return [
    {
      code: 'types_do_not_fit',
      severity: 'error',
      pointer: `/edges/${index}`,
      edge: index,
      node: to.id,
      port: input.id,
      params: { ...params, source: from.id },
    },
  ];
}
