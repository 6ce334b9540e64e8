import { type Json, type ShapeIssue, shapeIssues } from '@patchbay/flow';
import type { NodeDefinition } from './definition.ts';

export interface ReadConfig {
  /** The config with defaults filled in; the raw one where it does not parse. */
  config: Record<string, Json>;
  /** A config that parses in any case: what is wrong has fallen back to its default. Ports are read from it. */
  usable: Record<string, Json>;
  issues: ShapeIssue[];
}

/** Reads a node's config by its type's schema. One bad field does not cost the others: ports stay where they were. */
export function configOf(definition: NodeDefinition, raw: Record<string, Json>): ReadConfig {
  const parsed = definition.config.safeParse(raw);
  if (parsed.success) return { config: parsed.data, usable: parsed.data, issues: [] };
  const issues = shapeIssues(parsed.error, raw);
  return { config: raw, usable: repair(definition, raw, issues), issues };
}

/** Rounds of repair; a fault that comes back takes the part around it along, so a few are enough. */
const rounds = 8;

/** Leaves out what has faults, so that its default stands there; where that is a fault again, the part around it. */
function repair(definition: NodeDefinition, raw: Record<string, Json>, issues: readonly ShapeIssue[]): Record<string, Json> {
  let copy: Json = raw;
  let paths: Path[] = issues.map((issue) => issue.path);
  for (let round = 0; round < rounds; round += 1) {
    for (const path of laterFirst(paths)) copy = without(copy, path);
    const parsed = definition.config.safeParse(copy);
    if (parsed.success) return parsed.data;
    paths = shapeIssues(parsed.error, copy).map((issue) => presentPart(copy, issue.path));
    if (paths.some((path) => path.length === 0)) break;
  }
  return definition.config.parse({});
}

type Path = readonly (string | number)[];

/** Later items of a list go before earlier ones, so that no index moves under a path still to come. */
function laterFirst(paths: readonly Path[]): Path[] {
  const unique = new Map(paths.map((path) => [JSON.stringify(path), path]));
  return [...unique.values()].sort((a, b) => {
    const place = a.findIndex((key, index) => key !== b[index]);
    const [left, right] = [a[place], b[place]];
    return typeof left === 'number' && typeof right === 'number' ? right - left : b.length - a.length;
  });
}

/** The longest beginning of a path under which there is something. */
function presentPart(root: Json, path: Path): Path {
  let value: Json = root;
  for (const [index, key] of path.entries()) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return path.slice(0, index);
    value = (value as Record<string | number, Json>)[key] as Json;
  }
  return path;
}

function without(value: Json, path: Path): Json {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    if (rest.length === 0) return value.filter((_, index) => index !== key);
    return value.map((item, index) => (index === key ? without(item, rest) : item));
  }
  const name = String(key);
  if (!Object.hasOwn(value, name)) return value;
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
  return { ...value, [name]: without(value[name] as Json, rest) };
}
