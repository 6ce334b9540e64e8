import { isRecord, type Json } from '@patchbay/flow';
import type { ConfigSchema } from '@patchbay/node-kit';

/** A part of the config as a person sees it: what the document leaves out stands there by default. */
export function shownRecord(schema: ConfigSchema, value: Json | undefined): Record<string, Json> {
  const given = isRecord(value) ? (value as Record<string, Json>) : {};
  const entries = Object.entries(schema.properties ?? {}).flatMap(([key, property]): [string, Json][] => {
    const held = Object.hasOwn(given, key) ? given[key] : (property['default'] as Json | undefined);
    return held === undefined ? [] : [[key, held]];
  });
  return Object.fromEntries(entries);
}
