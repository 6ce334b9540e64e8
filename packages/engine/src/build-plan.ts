import { type EdgeEnd, type FlowDocument, type FlowNode, own, splitEnd } from '@patchbay/flow';
import {
  type Catalogue,
  chipsOf,
  type InputPort,
  type NodeDefinition,
  type OutputPort,
  portsOf,
  type ResolvedNode,
} from '@patchbay/node-kit';
import { bypassOf } from './bypass.ts';
import { fanInOf, intoPort } from './fan-in.ts';
import type { Plan, PlanEdge, PlanOutput, PlanOutputPort, PlanPort, PlanStep } from './plan.ts';
import { ruleOf } from './rule.ts';

/** A node on its way to a step: beside each part of the plan stands what it was declared as. */
interface Draft {
  node: FlowNode;
  step: PlanStep;
  inputs: Map<string, { port: Building<PlanPort>; declared: InputPort; takesStream: boolean }>;
  outputs: Map<string, { port: Building<PlanOutputPort>; declared: OutputPort }>;
}
/** The same part while its edges are still being added. */
type Building<Part extends { edges: readonly PlanEdge[] }> = Omit<Part, 'edges'> & { edges: PlanEdge[] };

/** Makes the plan of a flow in which nothing is wrong. */
export function buildPlan(flow: FlowDocument, catalogue: Catalogue, defaults: Plan['defaults'] = new Map()): Plan {
  const drafts = new Map<string, Draft>();
  for (const [id, node] of Object.entries(flow.nodes)) {
    const definition = catalogue.get(node.type);
    if (definition === undefined || definition.role === 'annotation') continue;
    drafts.set(id, draftStep(id, drafts.size, node, definition));
  }
  let edgeCount = 0;
  for (const { from, to } of flow.edges) {
    if (addEdge(drafts, splitEnd(from), splitEnd(to), edgeCount)) edgeCount += 1;
  }
  const steps = [...drafts.values()].map(({ step }) => step);
  const outputs = new Map<string, PlanOutput>();
  let portCount = 0;
  for (const draft of drafts.values()) {
    finish(draft);
    for (const port of draft.step.ports) {
      port.index = portCount;
      portCount += 1;
      if (draft.step.kind === 'output') addOutput(outputs, port);
    }
  }
  return { steps, edgeCount, portCount, outputs: [...outputs.values()], defaults };
}

function draftStep(id: string, index: number, node: FlowNode, definition: NodeDefinition): Draft {
  const resolved = portsOf(definition, node);
  const bypass = node.bypass === true ? bypassOf(definition, resolved) : undefined;
  const shape = bypass ?? resolved;
  const step: PlanStep = {
    index,
    id,
    kind: definition.role === 'flow-input' ? 'input' : definition.role === 'flow-output' ? 'output' : 'node',
    dead: bypass !== undefined && bypass.run === undefined,
    run: bypass?.run ?? definition.run,
    config: resolved.config,
    slots: shape.slots,
    ports: [],
    wired: 0,
    outputs: [],
    outputOf: new Map(),
    edgesOut: 0,
    rule: ruleOf(node.onError),
  };
  const chips = chipNames(shape);
  return {
    node,
    step,
    // What a chip reads must be whole, so a port that is also a chip does not stream.
    inputs: new Map(
      shape.inputs.map((declared) => [
        declared.id,
        { declared, port: draftPort(step, node, declared), takesStream: declared.stream === true && !chips.has(declared.id) },
      ]),
    ),
    outputs: new Map(shape.outputs.map((declared) => [declared.id, { declared, port: { id: declared.id, edges: [] } }])),
  };
}

const chipNames = ({ slots }: Pick<ResolvedNode, 'slots'>): Set<string> =>
  new Set(slots.flatMap(({ template }) => chipsOf(template)).map(({ port }) => port));

const draftPort = (step: PlanStep, node: FlowNode, declared: InputPort): Building<PlanPort> => ({
  index: -1,
  step,
  id: declared.id,
  required: declared.required,
  nullable: !declared.required || declared.chip === true || node.bypass === true,
  fanIn: fanInOf(own(node.fanIn ?? {}, declared.id) ?? declared.fanIn, declared.type),
  fallback: declared.default ?? null,
  absent: false,
  edges: [],
  output: -1,
});

/** False for an edge that has no meaning for a run: of a note, or into what a bypassed node does not pass on. */
function addEdge(drafts: ReadonlyMap<string, Draft>, from: EdgeEnd, to: EdgeEnd, index: number): boolean {
  const source = drafts.get(from.node);
  const output = source?.outputs.get(from.port);
  const input = drafts.get(to.node)?.inputs.get(to.port);
  if (source === undefined || output === undefined || input === undefined || input.port.step.dead) return false;
  const { port } = input;
  const rule = intoPort(output.declared.type, input.declared.type, port.fanIn);
  const streams = input.takesStream && output.declared.stream === true && port.fanIn.kind === 'first' && rule === 'same';
  const edge: PlanEdge = { index, from: source.step, to: port, conversion: rule, streams };
  port.edges.push(edge);
  output.port.edges.push(edge);
  return true;
}

function finish({ node, step, inputs, outputs }: Draft): void {
  step.ports = [...inputs.values()].map(({ port }) => port);
  step.outputs = [...outputs.values()].map(({ port }) => port);
  step.outputOf = new Map(step.outputs.map((port) => [port.id, port]));
  step.wired = step.ports.filter((port) => port.edges.length > 0).length;
  step.edgesOut = step.outputs.reduce((sum, port) => sum + port.edges.length, 0);
  for (const { port, declared } of inputs.values()) {
    if (port.edges.length > 0) continue;
    const literal = own(node.values ?? {}, port.id);
    port.fallback = literal ?? port.fallback;
    port.absent = step.kind === 'output' && (step.dead || (literal === undefined && declared.default === undefined));
  }
}

function addOutput(outputs: Map<string, PlanOutput>, port: PlanPort): void {
  const output = outputs.get(port.id) ?? { index: outputs.size, id: port.id, sources: [] };
  outputs.set(port.id, { ...output, sources: [...output.sources, port] });
  port.output = output.index;
}
