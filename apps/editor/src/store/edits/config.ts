import type { FlowDocument, Json } from '@patchbay/flow';
import { nodeOf } from './ends.ts';

/** Sets one value inside a node's config, or removes it with undefined. Missing objects on the way are made. */
export function setConfig(draft: FlowDocument, id: string, path: readonly (string | number)[], value: Json | undefined): void {
  const node = nodeOf(draft, id);
  const last = path.at(-1);
  if (node === undefined || last === undefined) return;
  let place: Json[] | Record<string, Json> = node.config;
  for (const [index, key] of path.slice(0, -1).entries()) {
    const inner = readKey(place, key);
    if (typeof inner === 'object' && inner !== null) place = inner;
    else {
      const fresh: Json[] | Record<string, Json> = typeof path[index + 1] === 'number' ? [] : {};
      writeKey(place, key, fresh);
      place = fresh;
    }
  }
  writeKey(place, last, value);
}

function readKey(place: Json[] | Record<string, Json>, key: string | number): Json | undefined {
  if (Array.isArray(place)) return place[Number(key)];
  return Object.hasOwn(place, key) ? place[key] : undefined;
}

function writeKey(place: Json[] | Record<string, Json>, key: string | number, value: Json | undefined): void {
  if (Array.isArray(place)) {
    if (value === undefined) place.splice(Number(key), 1);
    else place[Number(key)] = value;
  } else if (value === undefined) delete place[key];
  else Object.defineProperty(place, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The literal of an input port without a wire; undefined takes it away. */
export function setValue(draft: FlowDocument, id: string, port: string, value: Json | undefined): void {
  const node = nodeOf(draft, id);
  if (node === undefined) return;
  const values = { ...node.values };
  if (value === undefined) delete values[port];
  else values[port] = value;
  if (Object.keys(values).length === 0) delete node.values;
  else node.values = values;
}

/** A step's own title; empty gives it its type's name again. */
export function renameNode(draft: FlowDocument, id: string, title: string): void {
  const node = nodeOf(draft, id);
  if (node === undefined) return;
  const trimmed = title.trim().slice(0, 200);
  if (trimmed === '') delete node.title;
  else node.title = trimmed;
}

/** Switches steps off, or on again when all of them are off. */
export function toggleBypass(draft: FlowDocument, ids: readonly string[]): void {
  const nodes = ids.map((id) => nodeOf(draft, id)).filter((node) => node !== undefined);
  const on = nodes.some((node) => node.bypass !== true);
  for (const node of nodes) {
    if (on) node.bypass = true;
    else delete node.bypass;
  }
}
