import type { FlowDocument, Json } from '@patchbay/flow';
import { type Catalogue, type ConfigSchema, configSchema } from '@patchbay/node-kit';
import { setConfig } from './config.ts';
import { nodeOf } from './ends.ts';

export type ConfigPath = readonly (string | number)[];

/** The schema of one place in a config. */
export function schemaAt(schema: ConfigSchema | undefined, path: ConfigPath): ConfigSchema | undefined {
  let place = schema;
  for (const key of path) {
    const inner: ConfigSchema | undefined = typeof key === 'number' ? place?.items : place?.properties;
    if (typeof key === 'number') place = inner;
    else place = place?.properties !== undefined && Object.hasOwn(place.properties, key) ? place.properties[key] : undefined;
  }
  return place;
}

/** What stands in a place of the config where the document says nothing. */
export function defaultOf(schema: ConfigSchema | undefined): Json | undefined {
  const value = schema?.['default'];
  return value === undefined ? undefined : (structuredClone(value) as Json);
}

/** What a config holds at a path, by own keys. */
export function readSetting(config: Json | undefined, path: ConfigPath): Json | undefined {
  let value = config;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, Json>)[key];
  }
  return value;
}

/**
 * Sets one value of a config as the form shows it. A list that stands there only by default is written out first:
 * changing one word of its first entry must not cost the others.
 */
export function setSetting(draft: FlowDocument, catalogue: Catalogue, id: string, path: ConfigPath, value: Json | undefined): void {
  const node = nodeOf(draft, id);
  const definition = node && catalogue.get(node.type);
  if (node === undefined || definition === undefined) return;
  for (let depth = 1; depth < path.length; depth += 1) {
    const part = path.slice(0, depth);
    if (readSetting(node.config, part) !== undefined) continue;
    const shown = defaultOf(schemaAt(configSchema(definition), part));
    if (shown !== undefined) setConfig(draft, id, part, shown);
  }
  setConfig(draft, id, path, value);
}
