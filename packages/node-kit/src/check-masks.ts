import { type Problem, pointerStep } from '@patchbay/flow';
import type { KitCode } from './describe-problem.ts';
import { labelParams } from './label.ts';
import { family } from './port-type.ts';
import type { PlacedNode, ResolvedFlow, Wire } from './resolve.ts';

/**
 * Files beside a step that hides personal data: it looks through texts, so a file that a caller sends goes to a model as it
 * is. Nothing for a flow that hides nothing.
 */
export function checkMasks(resolved: ResolvedFlow): Problem<KitCode>[] {
  const placed = [...resolved.nodes.values()].filter(({ node }) => node.bypass !== true);
  const hiding = placed.find(({ definition }) => definition.hides === true);
  if (hiding === undefined) return [];
  return placed.filter(asksModel).flatMap((node) =>
    mediaWiresInto(resolved, node).flatMap((wire): Problem<KitCode>[] => {
      const { index, input } = wire;
      if (!comesFromCaller(resolved, wire)) return [];
      const params = { ...labelParams('port', input.id, input.title), ...labelParams('mask', hiding.id, hiding.definition.words.title) };
      const pointer = `/nodes/${pointerStep(node.id)}`;
      return [{ code: 'file_not_hidden', severity: 'warning', pointer, node: node.id, port: input.id, edge: index, params }];
    }),
  );
}

const asksModel = ({ config }: PlacedNode): boolean => Object.hasOwn(config, 'model');

const isOfMedia = ({ input, output }: Wire): boolean => family(input.type) === 'media' || family(output.type) === 'media';

const mediaWiresInto = ({ wiresInto }: ResolvedFlow, node: PlacedNode): Wire[] =>
  node.inputs.flatMap(({ id }) => wiresInto.get(`${node.id}.${id}`) ?? []).filter(isOfMedia);

/** Whether what a wire carries may be a file of an input, handed on as a file: what a step made of a text is not. */
function comesFromCaller(resolved: ResolvedFlow, first: Wire): boolean {
  const seen = new Set<Wire>();
  const open = [first];
  for (let wire = open.pop(); wire !== undefined; wire = open.pop()) {
    if (seen.has(wire)) continue;
    seen.add(wire);
    if (wire.from.definition.role === 'flow-input') return true;
    open.push(...carryingInto(resolved, wire.from));
  }
  return false;
}

/** Wires that can bring a file into a step, through ports for anything too. */
const carryingInto = ({ wiresInto }: ResolvedFlow, node: PlacedNode): Wire[] =>
  node.inputs
    .flatMap(({ id }) => wiresInto.get(`${node.id}.${id}`) ?? [])
    .filter(({ output, input }) => family(output.type) === 'media' || (family(output.type) === 'any' && family(input.type) !== 'text'));
