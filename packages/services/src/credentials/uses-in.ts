import type { FlowDocument, Json } from '@patchbay/flow';
import { isRecord } from '@patchbay/flow';
import { type Catalogue, type ConfigSchema, configSchema } from '@patchbay/node-kit';

/** What one flow names: models as they are written (`auto` too), and secrets; once per step that does. */
export interface FlowUses {
  models: string[];
  secrets: string[];
}

/** The models and secrets that the steps of a flow name, read by the fields of their types. */
export function usesIn(flow: FlowDocument, catalogue: Catalogue): FlowUses {
  const uses: FlowUses = { models: [], secrets: [] };
  for (const node of Object.values(flow.nodes)) {
    const definition = catalogue.get(node.type);
    if (definition === undefined) continue;
    const found: FlowUses = { models: [], secrets: [] };
    collect(configSchema(definition), node.config, found);
    if (node.onError?.rule === 'fallback-model' && node.onError.model !== undefined) found.models.push(node.onError.model);
    uses.models.push(...new Set(found.models));
    uses.secrets.push(...new Set(found.secrets));
  }
  return uses;
}

function collect(schema: ConfigSchema, value: Json | undefined, found: FlowUses): void {
  const widget = schema.ui?.widget;
  if (widget === 'model') found.models.push(typeof value === 'string' && value !== '' ? value : 'auto');
  if (widget === 'secret' && typeof value === 'string' && value !== '') found.secrets.push(value);
  if (Array.isArray(value) && schema.items !== undefined) for (const item of value) collect(schema.items, item, found);
  if (schema.properties === undefined) return;
  const fields = isRecord(value) ? value : {};
  for (const [key, property] of Object.entries(schema.properties)) {
    collect(property, Object.hasOwn(fields, key) ? (fields[key] as Json) : undefined, found);
  }
}
