import type { FlowDocument, FlowNode, Placement } from './document.ts';
import type { Json } from './json.ts';
import { normalizeFlow } from './normalize.ts';

/** More parts than this do not share a line. */
const lineParts = 8;

/**
 * The canonical text. Where a line breaks depends on structure alone, never on length, so that a one-field edit
 * is a one-line difference: nodes and configs have one field per line, and what holds only plain values is one line.
 */
export function printFlow(flow: FlowDocument): string {
  const { format, version, name, description, nodes, edges, layout, examples } = normalizeFlow(flow);
  const printedNodes = Object.entries(nodes).map(([id, node]): Part => [id, printNode(node)]);
  const order = [
    ...Object.keys(nodes).filter((id) => Object.hasOwn(layout, id)),
    ...Object.keys(layout).filter((id) => !Object.hasOwn(nodes, id)),
  ];
  const parts: Part[] = [
    ['format', JSON.stringify(format)],
    ['version', JSON.stringify(version)],
    ['name', JSON.stringify(name)],
    ['nodes', block('{', printedNodes, '  ')],
    [
      'edges',
      block(
        '[',
        edges.map(({ from, to }): Part => [undefined, printValue({ from, to }, '    ')]),
        '  ',
      ),
    ],
    [
      'layout',
      block(
        '{',
        order.map((id): Part => [id, printPlacement(layout[id] as Placement)]),
        '  ',
      ),
    ],
  ];
  if (description !== undefined) parts.splice(3, 0, ['description', JSON.stringify(description)]);
  if (examples !== undefined) parts.push(['examples', printValue(examples as unknown as Json, '  ')]);
  return `${block('{', parts, '')}\n`;
}

/** A key with its printed value; list items have no key. */
type Part = [key: string | undefined, text: string];

function block(open: '{' | '[', parts: readonly Part[], indent: string): string {
  const close = open === '{' ? '}' : ']';
  if (parts.length === 0) return open + close;
  const lines = parts.map(([key, text]) => `${indent}  ${key === undefined ? '' : `${JSON.stringify(key)}: `}${text}`);
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

const nodeKeys = ['type', 'v', 'title', 'parent', 'config', 'values', 'fanIn', 'onError', 'bypass', 'note'] as const;

function printNode(node: FlowNode): string {
  const parts = nodeKeys.flatMap((key): Part[] => {
    const value = node[key];
    if (value === undefined) return [];
    const text = key === 'config' ? printConfig(node.config) : printValue(value as Json, '      ');
    return [[key, text]];
  });
  return block('{', parts, '    ');
}

const printConfig = (config: Record<string, Json>): string =>
  block(
    '{',
    Object.entries(config).map(([key, value]): Part => [key, printValue(value, '        ')]),
    '      ',
  );

const placementKeys = ['x', 'y', 'width', 'height', 'collapsed'] as const;

function printPlacement(placement: Placement): string {
  const kept = placementKeys.filter((key) => placement[key] !== undefined && placement[key] !== false);
  return `{ ${kept.map((key) => `"${key}": ${JSON.stringify(placement[key])}`).join(', ')} }`;
}

function printValue(value: Json, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (sharesLine(value)) return value.length === 0 ? '[]' : `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    return block(
      '[',
      value.map((item): Part => [undefined, printValue(item, inner)]),
      indent,
    );
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (sharesLine(entries.map(([, item]) => item))) {
    return entries.length === 0
      ? '{}'
      : `{ ${entries.map(([key, item]) => `${JSON.stringify(key)}: ${JSON.stringify(item)}`).join(', ')} }`;
  }
  return block(
    '{',
    entries.map(([key, item]): Part => [key, printValue(item, inner)]),
    indent,
  );
}

/** Plain values, and no structure but an empty one. */
const sharesLine = (values: readonly Json[]): boolean => values.length <= lineParts && values.every(isPlain);

const isPlain = (value: Json): boolean => typeof value !== 'object' || value === null || Object.keys(value).length === 0;
