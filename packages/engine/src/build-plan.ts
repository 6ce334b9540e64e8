import { type FlowDocument, splitEnd } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';
import { connect, type Draft, type DraftOutput, draftNode, enter, finishDraft } from './draft.ts';
import { intoPort } from './fan-in.ts';
import type { Plan, PlanOutput, PlanPort } from './plan.ts';

/** Makes the plan of a flow in which nothing is wrong: one of the flow, and one of the inside of each container. */
export function buildPlan(flow: FlowDocument, catalogue: Catalogue, defaults: Plan['defaults'] = new Map()): Plan {
  const drafts: Drafts = new Map();
  for (const [id, node] of Object.entries(flow.nodes)) {
    const definition = catalogue.get(node.type);
    if (definition === undefined || definition.role === 'annotation') continue;
    drafts.set(id, draftNode(id, node, definition));
  }
  for (const { from, to } of flow.edges) addEdge(drafts, from, to);
  return levelPlan(byParent(drafts), undefined, defaults);
}

type Drafts = Map<string, Draft>;

/** An edge of a note, into what a bypassed node does not pass on, or into a container that is switched off, has no meaning for a run. */
function addEdge(drafts: Drafts, from: string, to: string): void {
  const [sourceEnd, targetEnd] = [splitEnd(from), splitEnd(to)];
  const [source, target] = [drafts.get(sourceEnd.node), drafts.get(targetEnd.node)];
  const output = source?.outputs.get(sourceEnd.port);
  const input = target?.inputs.get(targetEnd.port);
  if (source === undefined || target === undefined || output === undefined || input === undefined || target.step.dead) return;
  const outside = around(drafts, source, output.inner).length;
  const entered = around(drafts, target, input.declared.inner === true).slice(outside);
  if (entered.some(({ step }) => step.dead)) return;
  let end: DraftOutput = output;
  for (const container of entered) end = enter(container, end);
  const { port } = input;
  const rule = intoPort(end.type, input.declared.type, port.fanIn);
  connect(end, port, rule, input.takesStream && end.stream && port.fanIn.kind === 'first' && rule === 'same');
}

/** The containers in which a port stands, the outermost first. An inner port stands in its own container. */
function around(drafts: Drafts, draft: Draft, inner: boolean): Draft[] {
  const list: Draft[] = inner ? [draft] : [];
  for (let { parent } = draft.node; parent !== undefined; ) {
    const container = drafts.get(parent);
    if (container === undefined) break;
    list.unshift(container);
    parent = container.node.parent;
  }
  return list;
}

type Levels = ReadonlyMap<string | undefined, readonly Draft[]>;

function byParent(drafts: Drafts): Levels {
  const levels = new Map<string | undefined, Draft[]>();
  for (const draft of drafts.values()) {
    const level = levels.get(draft.node.parent);
    if (level === undefined) levels.set(draft.node.parent, [draft]);
    else level.push(draft);
  }
  return levels;
}

function levelPlan(levels: Levels, container: Draft | undefined, defaults: Plan['defaults']): Plan {
  const drafts = levels.get(container?.step.id) ?? [];
  for (const draft of drafts) {
    finishDraft(draft);
    if (draft.inside !== undefined) draft.step.inner = levelPlan(levels, draft, new Map());
  }
  const steps = drafts.map(({ step }) => step);
  const inside = container?.inside;
  if (inside !== undefined) steps.push(inside.exit);
  const outputs = new Map<string, PlanOutput>();
  const count = { edges: 0, ports: 0 };
  for (const [index, step] of steps.entries()) {
    step.index = index;
    for (const port of [...step.ports, ...step.inlets.map((inlet) => inlet.port)]) {
      port.index = count.ports;
      count.ports += 1;
      if (port.edges.length > 0) step.wired += 1;
      for (const edge of port.edges) {
        edge.index = count.edges;
        count.edges += 1;
      }
      if (step.kind === 'output') addOutput(outputs, port);
    }
  }
  return {
    steps,
    edgeCount: count.edges,
    portCount: count.ports,
    outputs: [...outputs.values()],
    defaults,
    given: inside?.entry.outputs ?? [],
  };
}

function addOutput(outputs: Map<string, PlanOutput>, port: PlanPort): void {
  const output = outputs.get(port.id) ?? { index: outputs.size, id: port.id, sources: [] };
  outputs.set(port.id, { ...output, sources: [...output.sources, port] });
  port.output = output.index;
}
