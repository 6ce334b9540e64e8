import type { FlowDocument, FlowNode } from './document.ts';

/** The document without what says nothing: default values, empty texts, empty maps. Reading and printing both give this form. */
export function normalizeFlow(flow: FlowDocument): FlowDocument {
  const { format, version, name, description, nodes, edges, layout, examples } = flow;
  const normal: FlowDocument = {
    format,
    version,
    name,
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, normalizeNode(node)])),
    edges: edges.map(({ from, to }) => ({ from, to })),
    layout,
  };
  if (description !== undefined && description !== '') normal.description = description;
  if (examples !== undefined && examples.length > 0) normal.examples = examples;
  return normal;
}

/** One node in canonical form; unknown node types are kept untouched but for the same empty parts. */
export function normalizeNode(node: FlowNode): FlowNode {
  const normal: FlowNode = { type: node.type, config: node.config };
  if (node.v !== undefined && node.v !== 1) normal.v = node.v;
  if (filled(node.title)) normal.title = node.title;
  if (node.parent !== undefined) normal.parent = node.parent;
  if (node.values !== undefined && Object.keys(node.values).length > 0) normal.values = node.values;
  if (node.fanIn !== undefined && Object.keys(node.fanIn).length > 0) normal.fanIn = node.fanIn;
  if (node.onError !== undefined && !saysNothing(node.onError)) normal.onError = node.onError;
  if (node.bypass === true) normal.bypass = true;
  if (filled(node.note)) normal.note = node.note;
  return normal;
}

const filled = (text: string | undefined): text is string => text !== undefined && text !== '';

/** `stop` without further settings is what a node does anyway. */
const saysNothing = (onError: NonNullable<FlowNode['onError']>): boolean =>
  onError.rule === 'stop' && Object.values(onError).every((value, index) => index === 0 || value === undefined);
