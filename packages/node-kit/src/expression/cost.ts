import type { ASTNode } from '@marcbachmann/cel-js';
import type { Json } from '@patchbay/flow';
import { childrenOf, visitNodes } from './environment.ts';

/** How large the values of an evaluation are: its longest text, and its longest list or record. */
export interface Sizes {
  text: number;
  list: number;
  /** Texts and values together. */
  all: number;
}

export function sizesOf(values: Iterable<Json>): Sizes {
  const sizes: Sizes = { text: 0, list: 0, all: 0 };
  const open: Json[] = [...values];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    sizes.all += 1;
    if (typeof value === 'string') {
      sizes.all += value.length;
      sizes.text = Math.max(sizes.text, value.length);
    } else if (typeof value === 'object' && value !== null) {
      const inside = Object.values(value);
      sizes.list = Math.max(sizes.list, inside.length);
      for (const item of inside) open.push(item);
    }
  }
  return sizes;
}

/** Macros that evaluate their last arguments once for each item of what they are called on. */
const macros = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/**
 * The most steps an evaluation can take, from the tree and the sizes of its values alone, so that what could run for long
 * never starts. A step is one node; what reads whole texts or lists counts for more.
 */
export function mostSteps(root: ASTNode, given: Sizes): number {
  const sizes = grown(root, given);
  return stepsOf(root, sizes);
}

function stepsOf(node: ASTNode, sizes: Sizes): number {
  const inside = childrenOf(node).map((child) => stepsOf(child, sizes));
  const sum = inside.reduce((total, steps) => total + steps, 0);
  if (node.op === 'rcall' && macros.has(node.args[0])) {
    const receiver = inside[0] ?? 0;
    return 1 + receiver + (sizes.list + 1) * (sum - receiver + 1);
  }
  return weightOf(node, sizes) + sum;
}

/** Characters or items that are read in the time of one step. */
const perStep = 200;

function weightOf(node: ASTNode, { text, list, all }: Sizes): number {
  if (node.op === 'call' || node.op === 'rcall') {
    const [name] = node.args;
    if (name.startsWith('matches')) return 100 + text * 4;
    // Names of zones are looked up in tables.
    if (/^(get|timestamp|duration)/.test(name)) return 100;
    return 1 + (text + list) / (name === 'split' || name === 'join' || name === 'json' ? perStep / 10 : perStep);
  }
  if (node.op === 'in') return 1 + list / 10 + text / perStep;
  if (node.op === '==' || node.op === '!=') return 1 + (childrenOf(node).some(isPlain) ? text / perStep : all / 40);
  return node.op === '+' ? 1 + (text + list) / perStep : 1;
}

const isPlain = (node: ASTNode): boolean => node.op === 'value';

/** How large texts and lists can become on the way: sums of what there is, lists made of texts, texts made of lists. */
function grown(root: ASTNode, { text, list, all }: Sizes): Sizes {
  let sums = 1;
  const names = new Set<string>();
  const largest = { text, list };
  visitNodes(root, (node) => {
    if (node.op === '+') sums += 1;
    if (node.op === 'call' || node.op === 'rcall') names.add(node.args[0]);
    if (node.op === 'list' || node.op === 'map') largest.list = Math.max(largest.list, node.args.length);
    if (node.op === 'value' && typeof node.args === 'string') largest.text = Math.max(largest.text, node.args.length);
  });
  const cuts = names.has('split') || names.has('json');
  const lists = Math.max(largest.list, cuts ? largest.text * sums : 0) * sums;
  const texts = largest.text * sums * (names.has('join') ? lists + 1 : 1);
  return { text: texts, list: lists, all: all * sums + texts };
}
