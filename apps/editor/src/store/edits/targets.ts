import type { FlowDocument } from '@patchbay/flow';
import { type Catalogue, conversion, type NodeDefinition, type Ports, type PortType, portsOf } from '@patchbay/node-kit';
import { appendChip } from './chips.ts';
import { connect, judgeConnection } from './connect.ts';
import { endNode, joinEnd, nodeOf } from './ends.ts';
import { chipField, portsNow } from './ports.ts';

/** Where a wire let go over a node goes: one of its inputs, or into its text as a chip. */
export type Target = { kind: 'port'; to: string; taken: boolean } | { kind: 'chip' };

/** The best input of a node for a wire from `from`: free before taken, exact before converted, required before optional. */
export function bestTarget(flow: FlowDocument, catalogue: Catalogue, from: string, node: string): Target | null {
  let best: { target: Target; score: number } | null = null;
  for (const port of portsNow(catalogue, nodeOf(flow, node))?.inputs ?? []) {
    const to = joinEnd(node, port.id);
    const verdict = judgeConnection(flow, catalogue, from, to);
    if (verdict.kind !== 'fine' && verdict.kind !== 'taken') continue;
    const wired = verdict.kind === 'taken' || flow.edges.some((edge) => edge.to === to);
    const score = (wired ? 0 : 8) + (verdict.conversion === 'same' ? 2 : 0) + (port.required ? 1 : 0);
    if (best === null || score > best.score) best = { target: { kind: 'port', to, taken: verdict.kind === 'taken' }, score };
  }
  const target = nodeOf(flow, node);
  const definition = target && catalogue.get(target.type);
  const writes = definition !== undefined && chipField(definition) !== undefined && endNode(from) !== node;
  if (writes && (best === null || best.score < 8) && !cycles(flow, catalogue, from, node)) return { kind: 'chip' };
  return best?.target ?? null;
}

/** A chip is a wire like any other: it must not close a circle. */
function cycles(flow: FlowDocument, catalogue: Catalogue, from: string, node: string): boolean {
  const trial: FlowDocument = { ...flow, edges: [...flow.edges] };
  const before = trial.edges.length;
  const scratch = structuredClone(trial);
  const port = appendChip(scratch, catalogue, node, from);
  if (port === undefined || scratch.edges.length === before) return false;
  scratch.edges.pop();
  const verdict = judgeConnection(scratch, catalogue, from, joinEnd(node, port));
  return verdict.kind === 'refused';
}

/** The output of a node that serves an input best. */
export function bestSource(flow: FlowDocument, catalogue: Catalogue, to: string, node: string): string | null {
  let best: { from: string; score: number } | null = null;
  for (const port of portsNow(catalogue, nodeOf(flow, node))?.outputs ?? []) {
    const from = joinEnd(node, port.id);
    const verdict = judgeConnection(flow, catalogue, from, to);
    if (verdict.kind !== 'fine' && verdict.kind !== 'taken') continue;
    const score = verdict.conversion === 'same' ? 1 : 0;
    if (best === null || score > best.score) best = { from, score };
  }
  return best?.from ?? null;
}

/** Wires an output to a node wherever it fits best and is free. Says whether it did. */
export function connectToNode(draft: FlowDocument, catalogue: Catalogue, from: string, node: string): boolean {
  const target = bestTarget(draft, catalogue, from, node);
  if (target === null || (target.kind === 'port' && target.taken)) return false;
  if (target.kind === 'port') connect(draft, from, target.to);
  else return appendChip(draft, catalogue, node, from) !== undefined;
  return true;
}

/** What a new node must be able to do: take a value of one type, give one of another, or both. */
export interface Fit {
  takes?: PortType;
  gives?: PortType;
}

const blank = new WeakMap<NodeDefinition, Ports>();

/** The ports a node of this type has when it is new. */
export function blankPorts(definition: NodeDefinition): Ports {
  let ports = blank.get(definition);
  if (ports === undefined) {
    ports = portsOf(definition, { type: definition.type, config: {} });
    blank.set(definition, ports);
  }
  return ports;
}

/** How well a new node of this type fits, or null where it does not. */
export function fitScore(definition: NodeDefinition, fit: Fit): number | null {
  if (definition.role === 'annotation') return fit.takes === undefined && fit.gives === undefined ? 0 : null;
  const ports = blankPorts(definition);
  let score = 0;
  if (fit.takes !== undefined) {
    const takes = fit.takes;
    const scores = ports.inputs.map((port) => closeness(takes, port.type)).filter((one) => one !== null);
    if (chipField(definition) !== undefined && ports.inputs.length === 0) scores.push(2);
    if (scores.length === 0) return null;
    // The end of a flow takes everything, so it is seldom what is looked for first.
    score += Math.max(...scores) - (definition.role === 'flow-output' ? 1.5 : 0);
  }
  if (fit.gives !== undefined) {
    const gives = fit.gives;
    const scores = ports.outputs.map((port) => closeness(port.type, gives)).filter((one) => one !== null);
    if (scores.length === 0) return null;
    score += Math.max(...scores);
  }
  return score;
}

function closeness(from: PortType, to: PortType): number | null {
  const rule = conversion(from, to);
  if (rule === null) return null;
  if (from === to) return 3;
  return rule === 'same' ? 2 : 1;
}

/** Node types that fit, best first; equal ones keep the palette's order. */
export function fittingTypes(catalogue: Catalogue, fit: Fit): NodeDefinition[] {
  const scored = [...catalogue.values()].map((definition) => ({ definition, score: fitScore(definition, fit) }));
  return scored
    .filter((one): one is { definition: NodeDefinition; score: number } => one.score !== null)
    .sort((a, b) => b.score - a.score)
    .map((one) => one.definition);
}

/** Node types that turn one type into another where a plain wire may not: known types in and out, nothing passed through blindly. */
export function convertersFor(catalogue: Catalogue, from: PortType, to: PortType): NodeDefinition[] {
  return fittingTypes(catalogue, { takes: from, gives: to }).filter((definition) => {
    const { inputs, outputs } = blankPorts(definition);
    return (
      inputs.some((port) => port.type !== 'any' && conversion(from, port.type) !== null) &&
      outputs.some((port) => port.type !== 'any' && conversion(port.type, to) !== null)
    );
  });
}
