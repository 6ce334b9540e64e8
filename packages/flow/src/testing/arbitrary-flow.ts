import * as fc from 'fast-check';
import { type FlowDocument, type FlowNode, fanInRules } from '../document.ts';
import type { Json } from '../json.ts';
import { normalizeFlow } from '../normalize.ts';

/** Ids as people and programs make them, with those that trip careless lookups. */
export const arbitraryId: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_]{0,7}$/),
  fc.constantFrom('constructor', 'a', 'to_string', 'value_of', 'sort_2'),
);

/** JSON values as documents hold them: no minus zero, which JSON prints as 0, and no key a document refuses. */
export const arbitraryJson: fc.Arbitrary<Json> = fc
  .jsonValue({ noUnicodeString: false, maxDepth: 3 } as fc.JsonSharedConstraints)
  .map((value) => JSON.parse(JSON.stringify(value, (key, item) => (key === '__proto__' ? undefined : item))) as Json);

const arbitraryRecord = fc.dictionary(
  fc.string({ maxLength: 8 }).filter((key) => key !== '__proto__'),
  arbitraryJson,
  { maxKeys: 4 },
);
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const arbitraryNode = fc
  .record({
    type: arbitraryId,
    v: optional(fc.integer({ min: 1, max: 5 })),
    title: optional(fc.string({ maxLength: 20 })),
    config: arbitraryRecord,
    values: optional(fc.dictionary(arbitraryId, arbitraryJson, { maxKeys: 3 })),
    fanIn: optional(fc.dictionary(arbitraryId, fc.constantFrom(...fanInRules), { maxKeys: 2 })),
    onError: optional(
      fc.constantFrom<FlowNode['onError']>({ rule: 'stop' }, { rule: 'retry', tries: 3 }, { rule: 'fallback-value', values: { text: '' } }),
    ),
    bypass: optional(fc.boolean()),
    note: optional(fc.string({ maxLength: 20 })),
  })
  .map((node) => node as FlowNode);

const arbitraryPlacement = fc.record({ x: fc.integer({ min: -5000, max: 5000 }), y: fc.integer({ min: -5000, max: 5000 }) });

/** Any document whose shape is right; its wires may make no sense. In canonical form, as reading gives it. */
export const arbitraryFlow: fc.Arbitrary<FlowDocument> = fc
  .record({
    name: fc.string({ minLength: 1, maxLength: 30 }),
    description: optional(fc.string({ maxLength: 30 })),
    nodes: fc.dictionary(arbitraryId, arbitraryNode, { maxKeys: 8 }),
    ports: fc.array(fc.tuple(fc.nat(), arbitraryId, fc.nat(), arbitraryId), { maxLength: 12 }),
    places: fc.array(arbitraryPlacement, { minLength: 8, maxLength: 8 }),
    examples: optional(fc.array(fc.record({ name: fc.string({ minLength: 1, maxLength: 9 }), inputs: arbitraryRecord }), { maxLength: 2 })),
  })
  .map(({ name, description, nodes, ports, places, examples }) => {
    const ids = Object.keys(nodes);
    const edges =
      ids.length === 0
        ? []
        : ports.map(([from, fromPort, to, toPort]) => ({
            from: `${ids[from % ids.length]}.${fromPort}`,
            to: `${ids[to % ids.length]}.${toPort}`,
          }));
    const layout = Object.fromEntries(ids.map((id, index) => [id, places[index] ?? { x: 0, y: 0 }]));
    return normalizeFlow({ format: 'patchbay/flow', version: 1, name, description, nodes, edges, layout, examples });
  });
