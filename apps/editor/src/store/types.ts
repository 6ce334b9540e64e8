import type { FlowDocument, FlowEdge, Json, Problem } from '@patchbay/flow';
import type { Catalogue, Failure, RunResult, SkipReason, StepStatus, UsageTotal, ValueOrigin } from '@patchbay/node-kit';
import type { WaitResource } from '@patchbay/services/resources';
import type { StoreApi } from 'zustand/vanilla';

/** The name of a command for undo, a key of the interface's words with its parameters. */
export interface CommandName {
  key: string;
  params?: Record<string, string | number>;
}

/** What an edit may change. It is given a draft copy of the document and changes it in place. */
export type Edit = (draft: FlowDocument) => void;

export interface CommandOptions {
  /** Edits with the same key within a second (typing, dragging) become one undo step. */
  coalesce?: string;
}

/** What the last run says of a step. Absent means not run yet. */
export interface StepState {
  status: 'queued' | 'running' | 'streaming' | StepStatus;
  /** Live text by output port while it streams. */
  text: Record<string, string>;
  outputs?: Record<string, Json>;
  startedAtMs?: number;
  durationMs?: number;
  usage?: UsageTotal;
  model?: string;
  simulated?: boolean;
  reason?: SkipReason;
  error?: Failure & { message?: string; fix?: string };
  /** Where its values come from, where it was not executed. */
  origin?: ValueOrigin;
  /** The try that follows a failed one, and the pause before it. */
  retry?: { attempt: number; delayMs: number };
}

/** The turns of one container in a run, as far as they have begun. */
export interface Turns {
  /** Numbers of the turns, from 0, in order. */
  seen: readonly number[];
  /** Those in which a step failed. */
  failed: readonly number[];
}

/** What a run says of steps inside containers. */
export interface InnerRun {
  /** By scope (`each/3`), then by step. */
  steps: Readonly<Record<string, Readonly<Record<string, StepState>>>>;
  /** By the container's own scope: `each`, `outer/2/each`. */
  turns: Readonly<Record<string, Turns>>;
}

export interface RunState {
  phase: 'idle' | 'running' | 'ended';
  id?: string;
  /** Wall clock at start, milliseconds since 1970. */
  startedAt?: number;
  /** Steps that stand in no container. */
  steps: Record<string, StepState>;
  /** Steps inside containers, once a turn of one has begun. */
  inner?: InnerRun;
  /** The turn a person chose to look at, by container. */
  shown?: Readonly<Record<string, number>>;
  /** Text or value of each flow output as it arrives. */
  outputs: Record<string, { text: string; value?: Json; complete?: boolean }>;
  result?: RunResult;
  /** What it waits for, while it does. */
  waits?: readonly WaitResource[];
  /** Set when the run could not start or the stream broke; a sentence. */
  failure?: string;
}

/** What became of a save. `conflict` carries what the server holds now. */
export type SaveResult =
  | { kind: 'saved'; etag: string }
  | { kind: 'conflict'; theirs: FlowDocument; etag: string }
  | { kind: 'refused'; message: string };

/** Sends the draft with `If-Match`. Rejecting means the server was not reached. */
export type SaveDraft = (flow: FlowDocument, etag: string) => Promise<SaveResult>;

export type SaveState =
  | { kind: 'saved'; at: number }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  | { kind: 'offline' }
  | { kind: 'refused'; message: string }
  | { kind: 'conflict'; theirs: FlowDocument; etag: string };

/** Values pinned to a step: test runs take them in place of executing it. */
export interface PinState {
  /** By output port. */
  outputs: Readonly<Record<string, Json>>;
  /** When, milliseconds since 1970. */
  at: number;
}
/** By step. They stand beside the document: no version has any. */
export type PinStates = Readonly<Record<string, PinState>>;

/** One record of the document before and after an edit; absent means it was not there. */
export interface RecordChange {
  /** `node:{id}`, `layout:{id}`, `order:nodes`, `order:layout`, `edges`, `pin:{id}`, or the name of another field. */
  key: string;
  before?: unknown;
  after?: unknown;
}
/** One undo step. */
export interface HistoryStep {
  name: CommandName;
  changes: readonly RecordChange[];
}

/** Everything one open editor knows. The document is the only truth; React Flow's nodes and edges are computed from it. */
export interface EditorState {
  flowId: string;
  flow: FlowDocument;
  /** Ids of selected nodes, and keys (`from>to`) of selected edges. */
  selection: { nodes: string[]; edges: string[] };
  problems: Problem[];
  pins: PinStates;
  run: RunState;
  save: SaveState;
  undoStack: readonly HistoryStep[];
  redoStack: readonly HistoryStep[];
}

/** One per open flow, given by React context. */
export interface EditorStore extends StoreApi<EditorState> {
  /** The one way to change the document: one undo step, recorded as record differences. */
  command(name: CommandName, edit: Edit, options?: CommandOptions): void;
  /** Pins values to a step, or takes its pin away: one undo step. */
  pin(name: CommandName, node: string, outputs: PinState['outputs'] | undefined, options?: CommandOptions): void;
  /** Ends coalescing, as when a field loses focus: the next edit is a step of its own. */
  seal(): void;
  undo(): void;
  redo(): void;
  select(selection: Partial<EditorState['selection']>): void;
  /** Looks for problems at once, as when their words have come in another language. */
  checkNow(): void;
  /** Saves at once what is not saved yet, as before publishing or when the page goes away. */
  saveNow(): Promise<void>;
  /** Ends a conflict: keep this draft over the other one, or take the other (undoable). */
  resolveConflict(keep: 'mine' | 'theirs'): void;
  /** The node types of this editor. */
  readonly catalogue: Catalogue;
  /** Stops timers and writes what must survive. */
  dispose(): void;
}

export const edgeKey = (edge: FlowEdge): string => `${edge.from}>${edge.to}`;
export type { FlowDocument, FlowEdge };
