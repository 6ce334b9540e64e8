import type { FlowDocument, FlowNode } from './document.ts';
import type { Json } from './json.ts';
import { normalizeNode } from './normalize.ts';
import { sha256 } from './sha256.ts';

/**
 * A digest of what a flow does: layout, titles and notes are left out, and so is the order of edges that meet
 * nowhere. Two flows with one hash run alike; 64 hexadecimal digits.
 */
export const semanticHash = (flow: FlowDocument): string => sha256(semanticText(flow));

/** What the hash is made of, as text with sorted keys. Nodes keep their order: outputs with one name read it. */
export function semanticText(flow: FlowDocument): string {
  const nodes = Object.entries(flow.nodes).map(([id, node]): Json => [id, semanticNode(node)]);
  const examples = (flow.examples ?? []).map(({ inputs, outputs }): Json => (outputs === undefined ? { inputs } : { inputs, outputs }));
  return JSON.stringify(sortKeys({ nodes, edges: semanticEdges(flow), examples }));
}

function semanticNode(node: FlowNode): Json {
  const { title: _title, note: _note, ...meaning } = normalizeNode(node);
  return meaning as unknown as Json;
}

/** Edges grouped by the port they enter, in wire order inside it. */
function semanticEdges(flow: FlowDocument): Json {
  const byPort = new Map<string, string[]>();
  for (const { from, to } of flow.edges) {
    const sources = byPort.get(to);
    if (sources === undefined) byPort.set(to, [from]);
    else sources.push(from);
  }
  return [...byPort].sort(([a], [b]) => (a < b ? -1 : 1));
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sortKeys(item)]));
}

/** True where the document's part under this pointer changes nothing that runs. */
export function isLayoutPointer(path: readonly (string | number)[]): boolean {
  const [section, , field] = path;
  if (section === 'layout' || section === 'name' || section === 'description') return true;
  if (section === 'nodes') return path.length === 3 && (field === 'title' || field === 'note');
  return section === 'examples' && path.length === 3 && field === 'name';
}
