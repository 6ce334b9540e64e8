import * as z from 'zod';
import { type Json, jsonSchema } from './json.ts';

/** Node ids and port names: short readable slugs, given once and never changed. */
export const idPattern = /^[a-z][a-z0-9_]{0,39}$/;
/** Slugs of published flows, unique per installation. */
export const slugPattern = /^[a-z0-9-]{1,64}$/;

export const fanInRules = ['first', 'list', 'text'] as const;
/** How a port that takes several edges makes one value of them. */
export type FanInRule = (typeof fanInRules)[number];

/** `stop` ends the run; `retry` tries again for the classes that may pass; the rest takes another way. */
export const onErrorSchema = z.strictObject({
  rule: z.enum(['stop', 'retry', 'fallback-value', 'fallback-model', 'error-output']),
  /** Tries in all, the first included. */
  tries: z.int().min(1).max(10).optional(),
  /** First pause in milliseconds; doubled each time, with full jitter. */
  backoffMs: z.int().min(0).max(60_000).optional(),
  /** How long one try may take, in milliseconds; then it failed with class `timeout`. Absent means as long as the run may. */
  timeoutMs: z.int().min(1).max(3_600_000).optional(),
  /** Values per output port for `fallback-value`. */
  values: z.record(z.string(), jsonSchema).optional(),
  /** `provider/model` for `fallback-model`. */
  model: z.string().optional(),
});
export type OnError = z.infer<typeof onErrorSchema>;

export interface FlowNode {
  type: string;
  /** Version of the node type the config was written for; absent means 1. */
  v?: number | undefined;
  title?: string | undefined;
  /** Id of the container this node stands in. */
  parent?: string | undefined;
  config: Record<string, Json>;
  /** Literal values of input ports without an edge. */
  values?: Record<string, Json> | undefined;
  fanIn?: Record<string, FanInRule> | undefined;
  onError?: OnError | undefined;
  bypass?: boolean | undefined;
  note?: string | undefined;
}

/** An edge is its two ends, each `node.port`. It has no id of its own. */
export interface FlowEdge {
  from: string;
  to: string;
}

/** Where a node stands, in canvas units. Never has meaning for a run. */
export interface Placement {
  x: number;
  y: number;
  width?: number | undefined;
  height?: number | undefined;
  collapsed?: boolean | undefined;
}

/** One of the flow's own test cases: the Run form offers it, the publish gate runs it. */
export interface FlowExample {
  name: string;
  inputs: Record<string, Json>;
  /** Expected outputs, where the author wrote any. */
  outputs?: Record<string, Json> | undefined;
}

/** The saved flow. Key order of `nodes` is creation order; order of `edges` has meaning at ports with fan-in. */
export interface FlowDocument {
  format: 'patchbay/flow';
  version: 1;
  name: string;
  description?: string | undefined;
  nodes: Record<string, FlowNode>;
  edges: FlowEdge[];
  layout: Record<string, Placement>;
  examples?: FlowExample[] | undefined;
}

const id = z.string().regex(idPattern);
const edgeEnd = z.string().regex(/^[a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,39}$/);

export const flowNodeSchema: z.ZodType<FlowNode> = z.strictObject({
  type: id,
  v: z.int().min(1).optional(),
  title: z.string().max(200).optional(),
  parent: id.optional(),
  config: z.record(z.string(), jsonSchema),
  values: z.record(id, jsonSchema).optional(),
  fanIn: z.record(id, z.enum(fanInRules)).optional(),
  onError: onErrorSchema.optional(),
  bypass: z.boolean().optional(),
  note: z.string().max(10_000).optional(),
});

/** The shape alone; relations between parts are judged by `checkGraph`. */
export const flowSchema: z.ZodType<FlowDocument> = z.strictObject({
  format: z.literal('patchbay/flow'),
  version: z.literal(1),
  name: z.string().min(1).max(200),
  description: z.string().max(10_000).optional(),
  nodes: z.record(id, flowNodeSchema),
  edges: z.array(z.strictObject({ from: edgeEnd, to: edgeEnd })),
  layout: z.record(
    id,
    z.strictObject({
      x: z.number(),
      y: z.number(),
      width: z.number().positive().optional(),
      height: z.number().positive().optional(),
      collapsed: z.boolean().optional(),
    }),
  ),
  examples: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        inputs: z.record(z.string(), jsonSchema),
        outputs: z.record(z.string(), jsonSchema).optional(),
      }),
    )
    .optional(),
});

/** Sizes beyond which a document is refused before it is looked at further. */
export const flowLimits = { nodes: 2_000, edges: 10_000, bytes: 10 * 1024 * 1024, depth: 100, keys: 200_000, values: 300_000 } as const;
