import type { Json } from '@patchbay/flow';
import type { ChipSlot, Conversion, NodeDefinition } from '@patchbay/node-kit';

/**
 * A flow made ready to run: places are integers, relations are references, templates and conversions are prepared once.
 * It holds nothing of a run, so any number of runs may share one.
 */
export interface Plan {
  /** In document order. */
  steps: readonly PlanStep[];
  /** How many edges and input ports there are; a run keeps one number for each. */
  edgeCount: number;
  portCount: number;
  outputs: readonly PlanOutput[];
  /** Defaults of the flow's inputs, for callers that left them out. */
  defaults: ReadonlyMap<string, Json>;
  /** Of the inside of a container: the values it gives in each turn. */
  given: readonly PlanOutputPort[];
}

/** The type of a step that only passes on what it is given. */
export const passesOn = '=';

export interface PlanStep {
  index: number;
  id: string;
  /** The node's type; `passesOn` where it is bypassed, empty where it is a part of a node's own work. */
  type: string;
  /** `input` and `output` are the ends of the flow: the engine moves their values itself. */
  kind: 'node' | 'input' | 'output';
  /** Switched off with nothing to pass on: it acts as skipped. */
  dead: boolean;
  run: NodeDefinition['run'];
  config: Record<string, Json>;
  slots: readonly ChipSlot[];
  ports: readonly PlanPort[];
  /** Ports with at least one edge: the step is ready when so many are settled. */
  wired: number;
  outputs: readonly PlanOutputPort[];
  outputOf: ReadonlyMap<string, PlanOutputPort>;
  /** Edges that leave the step, over all its outputs. */
  edgesOut: number;
  /** May be executed again when it was in flight at a crash. */
  repeatable: boolean;
  rule: PlanRule;
  /** Of a container: what stands inside it. Its `outputs` are what the container takes back from there. */
  inner: Plan | undefined;
  /** Of a container: what the steps inside it read from outside. */
  inlets: readonly PlanInlet[];
}

/** A way into a container: settled once like any port of its step, and the same in every turn. */
export interface PlanInlet {
  port: PlanPort;
  /** The edges it feeds inside. */
  output: PlanOutputPort;
}

/** What happens when the step fails, with every default filled in. */
export interface PlanRule {
  /** Tries in all; 1 means no retry. */
  tries: number;
  backoffMs: number;
  /** How long one try may take; 0 means without end. */
  timeoutMs: number;
  otherwise: 'stop' | 'fallback-value' | 'fallback-model' | 'error-output';
  values: Readonly<Record<string, Json>>;
  model: string;
}

/** `first` holds for a single edge too; the others wait for every edge and make one value of them. */
export type FanIn = { kind: 'first' } | { kind: 'list' | 'text'; whole: Conversion };

export interface PlanPort {
  /** Counts through all ports of the plan. */
  index: number;
  step: PlanStep;
  id: string;
  required: boolean;
  /** Null is a value here: the port is optional or stands for a chip. */
  nullable: boolean;
  fanIn: FanIn;
  /** What an unwired port holds, or an optional one that is closed. */
  fallback: Json;
  /** An output field without edge and literal: the flow does not answer it. */
  absent: boolean;
  edges: readonly PlanEdge[];
  /** For a field of an output node: its place among the plan's outputs; else -1. */
  output: number;
}

export interface PlanEdge {
  index: number;
  from: PlanStep;
  to: PlanPort;
  conversion: Conversion;
  /** The reader can start on the first chunk. */
  streams: boolean;
}

export interface PlanOutputPort {
  id: string;
  edges: readonly PlanEdge[];
}

/** One output of the flow: a `first` port over the output nodes that have the field, in document order. */
export interface PlanOutput {
  index: number;
  id: string;
  sources: readonly PlanPort[];
}
