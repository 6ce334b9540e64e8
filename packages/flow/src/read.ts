import { type FlowDocument, flowLimits, flowSchema } from './document.ts';
import { issueProblem, type ShapeCode, shapeIssues } from './issues.ts';
import { isRecord } from './json.ts';
import { addPlaces, readJsonText, type TextCode } from './json-text.ts';
import { migrateFlow, type VersionCode } from './migrate.ts';
import { normalizeFlow } from './normalize.ts';
import { type Problem, toPointer } from './problem.ts';

export type ReadCode = TextCode | ShapeCode | VersionCode | 'not_json_value' | 'too_many_nodes' | 'too_many_edges' | 'more_problems';

/** The flow, or why there is none. A flow beside problems does not happen: what is wrong in the shape is never guessed. */
export interface FlowReading {
  flow?: FlowDocument;
  problems: Problem[];
}

/** Problems listed at most; a last one says how many more there are. */
const listed = 500;

/** Reads a flow from text. Every problem has its pointer, line and column. Relations between parts are judged by `checkGraph`. */
export function parseFlow(text: string): FlowReading {
  const { value, problems } = readJsonText(text, flowLimits);
  if (value === undefined || problems.length > 0) return { problems };
  const reading = readShape(value);
  addPlaces(text, flowLimits, reading.problems);
  return reading;
}

/** Adds line and column in the flow's text to problems that have only a pointer, such as those of a check. */
export const locateProblems = (text: string, problems: Problem[]): void => addPlaces(text, flowLimits, problems);

/** Reads a flow from a value that something else has parsed, such as the body of a request. */
export function readFlow(value: unknown): FlowReading {
  const problems = checkValue(value);
  return problems.length > 0 ? { problems } : readShape(value);
}

function readShape(value: unknown): FlowReading {
  const migrated = migrateFlow(value);
  if (migrated.document === undefined) return { problems: migrated.problems };
  const sizes = checkSizes(migrated.document);
  if (sizes.length > 0) return { problems: sizes };
  const parsed = flowSchema.safeParse(migrated.document);
  if (parsed.success) return { flow: normalizeFlow(parsed.data), problems: [] };
  return { problems: cut(shapeIssues(parsed.error, migrated.document).map((issue) => issueProblem(issue))) };
}

function cut(problems: Problem[]): Problem[] {
  if (problems.length <= listed) return problems;
  const more: Problem<ReadCode> = { code: 'more_problems', severity: 'error', pointer: '', params: { count: problems.length - listed } };
  return [...problems.slice(0, listed), more];
}

/** Counts before anything else is looked at, so that a huge document costs no more than its reading. */
function checkSizes(document: Record<string, unknown>): Problem<ReadCode>[] {
  const problems: Problem<ReadCode>[] = [];
  const { nodes, edges } = document;
  const nodeCount = isRecord(nodes) ? Object.keys(nodes).length : 0;
  const edgeCount = Array.isArray(edges) ? edges.length : 0;
  if (nodeCount > flowLimits.nodes) {
    problems.push({ code: 'too_many_nodes', severity: 'error', pointer: '/nodes', params: { count: nodeCount, limit: flowLimits.nodes } });
  }
  if (edgeCount > flowLimits.edges) {
    problems.push({ code: 'too_many_edges', severity: 'error', pointer: '/edges', params: { count: edgeCount, limit: flowLimits.edges } });
  }
  return problems;
}

/**
 * Only what JSON can carry may go further: bounded depth and size, no `__proto__`, NaN, `undefined` or cycles.
 * The walk ends at the first limit that is passed.
 */
function checkValue(root: unknown): Problem<ReadCode>[] {
  const walk = { keys: flowLimits.keys, values: flowLimits.values, characters: flowLimits.bytes, path: [] as (string | number)[] };
  const fault = visit(root, walk);
  return fault === undefined ? [] : [{ ...fault, severity: 'error', pointer: toPointer(walk.path) }];
}

interface Walk {
  /** What may still come. */
  keys: number;
  values: number;
  characters: number;
  /** Where the walk stands; left in place where it found a fault. */
  path: (string | number)[];
}
type Fault = Pick<Problem<ReadCode>, 'code' | 'params'>;

function visit(value: unknown, walk: Walk): Fault | undefined {
  walk.values -= 1;
  if (walk.values < 0) return { code: 'too_many_values', params: { limit: flowLimits.values } };
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { code: 'not_json_value', params: {} };
  if (typeof value === 'string') {
    walk.characters -= value.length;
    return walk.characters < 0 ? { code: 'too_large', params: { limit: flowLimits.bytes } } : undefined;
  }
  if (!Array.isArray(value) && !isRecord(value)) return { code: 'not_json_value', params: {} };
  if (walk.path.length >= flowLimits.depth) return { code: 'too_deep', params: { limit: flowLimits.depth } };
  return Array.isArray(value) ? visitList(value, walk) : visitRecord(value, walk);
}

function visitList(list: readonly unknown[], walk: Walk): Fault | undefined {
  for (let index = 0; index < list.length; index += 1) {
    walk.path.push(index);
    const fault = visit(list[index], walk);
    if (fault !== undefined) return fault;
    walk.path.pop();
  }
  return undefined;
}

function visitRecord(record: Record<string, unknown>, walk: Walk): Fault | undefined {
  for (const [key, item] of Object.entries(record)) {
    walk.keys -= 1;
    if (walk.keys < 0) return { code: 'too_many_keys', params: { limit: flowLimits.keys } };
    if (key === '__proto__') return { code: 'forbidden_key', params: { key } };
    walk.path.push(key);
    const fault = visit(item, walk);
    if (fault !== undefined) return fault;
    walk.path.pop();
  }
  return undefined;
}
