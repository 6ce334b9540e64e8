import { type FlowDocument, isRecord, type Json } from '@patchbay/flow';
import { type Catalogue, chipsOf, parseTemplate } from '@patchbay/node-kit';
import { setConfig } from './config.ts';
import { connect } from './connect.ts';
import { endNode, endPort, joinEnd, nodeOf } from './ends.ts';
import { freeId, freeNodeId } from './ids.ts';
import { cardWidth, freePlace, gapX } from './place.ts';
import { chipField, outputAt, portsNow } from './ports.ts';

export interface ChipPlace {
  node: string;
  /** Path of the text inside the config. */
  path: (string | number)[];
}

/**
 * The name a chip for this output gets in this node: the one it has already, else one read from the source.
 * A step with one output gives its own name (`ticket`), one with several the port's (`email`).
 */
export function chipName(flow: FlowDocument, catalogue: Catalogue, node: string, from: string): string {
  const target = nodeOf(flow, node);
  const ports = portsNow(catalogue, target)?.inputs ?? [];
  const wired = flow.edges.find((edge) => edge.from === from && endNode(edge.to) === node);
  if (wired !== undefined && ports.some((port) => port.chip === true && port.id === endPort(wired.to))) return endPort(wired.to);
  const outputs = portsNow(catalogue, nodeOf(flow, endNode(from)))?.outputs ?? [];
  const role = catalogue.get(nodeOf(flow, endNode(from))?.type ?? '')?.role;
  const wanted = outputs.length > 1 || role === 'flow-input' ? endPort(from) : endNode(from);
  return freeId(wanted, (id) => ports.some((port) => port.id === id));
}

/** Sets a text that now holds a chip, and wires the chip's port: text, port and edge in one step. */
export function insertChip(draft: FlowDocument, chip: ChipPlace & { text: string; port: string; from: string }): void {
  setConfig(draft, chip.node, chip.path, chip.text);
  const to = joinEnd(chip.node, chip.port);
  // Another value on the same chip: the new wire takes its place.
  connect(draft, chip.from, to, draft.edges.some((edge) => edge.to === to) ? 'replace' : undefined);
}

/** Writes a wire dropped on a node into the node's main text, as a chip at its end. Says the port, or undefined where no text takes chips. */
export function appendChip(draft: FlowDocument, catalogue: Catalogue, node: string, from: string): string | undefined {
  const target = nodeOf(draft, node);
  const definition = target && catalogue.get(target.type);
  const field = definition && chipField(definition);
  if (target === undefined || field === undefined || outputAt(draft, catalogue, from) === undefined) return undefined;
  const port = chipName(draft, catalogue, node, from);
  const old = readText(target.config[field]);
  const holds = chipsOf(parseTemplate(old)).some((chip) => chip.port === port);
  const gap = old === '' || /\s$/.test(old) ? '' : /[:：]$/.test(old) ? ' ' : '\n';
  insertChip(draft, { node, path: [field], text: holds ? old : `${old}${gap}{{${port}}}`, port, from });
  return port;
}

const readText = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Makes an unwired port a question to the caller: a new field of the flow's input, wired to the port. */
export function promoteToInput(draft: FlowDocument, catalogue: Catalogue, node: string, port: string): void {
  const input = portsNow(catalogue, nodeOf(draft, node))?.inputs.find((candidate) => candidate.id === port);
  const sourceId = inputNode(draft, catalogue);
  const source = sourceId === undefined ? undefined : nodeOf(draft, sourceId);
  if (input === undefined || source === undefined || sourceId === undefined) return;
  // The fields as they stand, those that are there by default included.
  const held = portsNow(catalogue, source)?.config['fields'];
  const fields = Array.isArray(held) ? held : [];
  const id = freeId(port, (taken) => fields.some((item) => isRecord(item) && item['id'] === taken));
  const title = typeof input.title === 'string' ? input.title : input.title.en;
  source.config['fields'] = [...fields, { id, title, type: input.type === 'any' ? 'text' : input.type, required: input.required }];
  connect(draft, joinEnd(sourceId, id), joinEnd(node, port));
}

/** The step that holds the flow's inputs; a flow without one gets it, left of everything. */
function inputNode(draft: FlowDocument, catalogue: Catalogue): string | undefined {
  const has = Object.entries(draft.nodes).find(([, candidate]) => catalogue.get(candidate.type)?.role === 'flow-input');
  if (has !== undefined) return has[0];
  const definition = [...catalogue.values()].find((candidate) => candidate.role === 'flow-input');
  if (definition === undefined) return undefined;
  const id = freeNodeId(draft, definition.type);
  const places = Object.values(draft.layout);
  const left = places.length === 0 ? 0 : Math.min(...places.map((place) => place.x)) - cardWidth - gapX;
  const top = places.length === 0 ? 0 : Math.min(...places.map((place) => place.y));
  draft.nodes[id] = { type: definition.type, config: { fields: [] } };
  draft.layout[id] = freePlace(draft, catalogue, id, { x: left, y: top });
  return id;
}
