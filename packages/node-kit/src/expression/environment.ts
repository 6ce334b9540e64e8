import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { compilePattern } from '../pattern.ts';

/** Names of functions that are not offered: with `bind` a text could be doubled again and again. */
const refused = new Set(['bind']);
/** What takes the place of the library's own `matches`, whose patterns can run for ever. */
const linearMatches = 'matchesInLinearTime';

const arithmetic: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

/**
 * CEL as its specification has it, and two things more: numbers of JSON, which are doubles, calculate with whole ones
 * that are written out, and patterns are searched for in linear time.
 */
const shared = new Environment({
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 1_000, maxDepth: 60, maxListElements: 500, maxMapEntries: 500, maxCallArguments: 8 },
});
for (const [sign, calculate] of Object.entries(arithmetic)) {
  for (const types of [`double ${sign} int`, `int ${sign} double`]) {
    shared.registerOperator(types, (a: number | bigint, b: number | bigint) => calculate(Number(a), Number(b)));
  }
}
shared.registerOperator('double % double', (a: number, b: number) => a % b);
shared.registerFunction(`string.${linearMatches}(string): bool`, (text: string, pattern: string) => compilePattern(pattern, '').test(text));

/** An environment in which these names are variables of any type. */
export function environmentOf(names: readonly string[]): Environment {
  const environment = shared.clone();
  for (const name of names) environment.registerVariable(name, 'dyn');
  return environment;
}

export interface Refused {
  name: string;
  node: ASTNode;
}

/** Puts the linear `matches` in place of the library's, in the tree itself; answers with the first call that is not offered. */
export function settleCalls(root: ASTNode): Refused | undefined {
  let found: Refused | undefined;
  visitNodes(root, (node) => {
    if (node.op !== 'call' && node.op !== 'rcall') return;
    const [name] = node.args;
    if (refused.has(name) || name === linearMatches) found ??= { name, node };
    if (name === 'matches') (node.args as unknown[])[0] = linearMatches;
  });
  return found;
}

/** All nodes of a tree, each before what it holds. */
export function visitNodes(node: ASTNode, visit: (node: ASTNode) => void): void {
  visit(node);
  for (const child of childrenOf(node)) visitNodes(child, visit);
}

/** What a node holds, whatever its kind: its arguments, and lists of them. */
export function childrenOf(node: ASTNode): ASTNode[] {
  const args: unknown = node.args;
  return (Array.isArray(args) ? args.flat(2) : [args]).filter(isNode);
}

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value && 'pos' in value;
