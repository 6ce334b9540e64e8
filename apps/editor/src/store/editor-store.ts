import { type Catalogue, checkFlow } from '@patchbay/node-kit';
import { catalogue as builtIn } from '@patchbay/nodes';
import { createStore } from 'zustand/vanilla';
import { createAutosave } from './autosave.ts';
import { type Check, watchProblems } from './check.ts';
import { settleEnds } from './edits/settle-ends.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import { applyPins, isPinChange, pinChange, pinOf } from './pins.ts';
import { applyRecords, diffRecords, joinChanges, same } from './records.ts';
import type {
  CommandName,
  CommandOptions,
  Edit,
  EditorState,
  EditorStore,
  FlowDocument,
  PinState,
  RecordChange,
  SaveDraft,
} from './types.ts';

export interface EditorStoreOptions {
  flowId: string;
  flow: FlowDocument;
  etag: string;
  save: SaveDraft;
  catalogue?: Catalogue;
  /** Where undo (this tab) and unsaved drafts (this device) survive a reload; absent: nowhere. */
  keeper?: Keeper;
  check?: Check;
  now?: () => number;
}

const undoDepth = 500;
const coalesceMs = 1_000;

/** One per open flow. All edits go through `command`; undo is record differences and knows no operation. */
export function createEditorStore(options: EditorStoreOptions): EditorStore {
  const { flowId, catalogue = builtIn, keeper = createKeeper(flowId), now = Date.now } = options;
  const kept = keeper.open(options.flow, options.etag);
  const store = createStore<EditorState>(() => ({
    flowId,
    flow: kept.flow,
    selection: { nodes: [], edges: [] },
    problems: [],
    pins: {},
    run: { phase: 'idle', steps: {}, outputs: {} },
    save: { kind: 'saved', at: now() },
    undoStack: kept.undo,
    redoStack: kept.redo,
  }));
  let open: { key: string; at: number } | undefined;

  function command(name: CommandName, edit: Edit, { coalesce }: CommandOptions = {}): void {
    const before = store.getState().flow;
    const draft = structuredClone(before);
    edit(draft);
    settleEnds(before, draft, catalogue);
    const { changes, flow } = diffRecords(before, draft);
    if (changes.length === 0) return;
    show(flow, noted(name, changes, coalesce));
  }

  function pin(name: CommandName, node: string, outputs: PinState['outputs'] | undefined, { coalesce }: CommandOptions = {}): void {
    const { pins } = store.getState();
    const before = pinOf({ pins }, node);
    if (same(before?.outputs, outputs)) return;
    const changes = [pinChange(node, before, outputs && { outputs, at: now() })];
    store.setState({ pins: applyPins(pins, changes, 'after'), ...noted(name, changes, coalesce) });
  }

  /** The changes as an undo step, or as a part of the last one. */
  function noted(name: CommandName, changes: readonly RecordChange[], coalesce: string | undefined): Partial<EditorState> {
    const { undoStack, redoStack } = store.getState();
    const last = undoStack.at(-1);
    const joins = coalesce !== undefined && open?.key === coalesce && now() - open.at < coalesceMs && redoStack.length === 0 && last;
    open = coalesce === undefined ? undefined : { key: coalesce, at: now() };
    if (!joins) return { undoStack: [...undoStack.slice(1 - undoDepth), { name, changes }], redoStack: [] };
    const joined = joinChanges(joins.changes, changes);
    const before = undoStack.slice(0, -1);
    return { undoStack: joined.length === 0 ? before : [...before, { name: joins.name, changes: joined }], redoStack: [] };
  }

  function show(flow: FlowDocument, rest: Partial<EditorState>): void {
    const { selection } = store.getState();
    const nodes = selection.nodes.filter((id) => Object.hasOwn(flow.nodes, id));
    const keys = new Set(flow.edges.map((edge) => `${edge.from}>${edge.to}`));
    const edges = selection.edges.filter((key) => keys.has(key));
    const kept = nodes.length === selection.nodes.length && edges.length === selection.edges.length;
    store.setState({ flow, ...rest, ...(kept ? {} : { selection: { nodes, edges } }) });
  }

  function step(from: 'undoStack' | 'redoStack', to: 'undoStack' | 'redoStack', way: 'before' | 'after'): void {
    const state = store.getState();
    const last = state[from].at(-1);
    if (last === undefined) return;
    open = undefined;
    const pins = applyPins(state.pins, last.changes, way);
    const flow = last.changes.every(isPinChange) ? state.flow : applyRecords(state.flow, last.changes, way);
    show(flow, { pins, [from]: state[from].slice(0, -1), [to]: [...state[to], last] });
  }

  const autosave = createAutosave({ store, save: options.save, keeper, loaded: options.flow, etag: options.etag, command, now });
  const problems = watchProblems(store, catalogue, options.check ?? checkFlow);
  const stopKeeping = keeper.watch(store);
  return Object.assign(store, {
    catalogue,
    command,
    pin,
    seal: () => {
      open = undefined;
    },
    undo: () => step('undoStack', 'redoStack', 'before'),
    redo: () => step('redoStack', 'undoStack', 'after'),
    select: (selection: Partial<EditorState['selection']>) =>
      store.setState({ selection: { nodes: selection.nodes ?? [], edges: selection.edges ?? [] } }),
    checkNow: problems.check,
    saveNow: autosave.saveNow,
    resolveConflict: autosave.resolveConflict,
    dispose: () => {
      problems.stop();
      stopKeeping();
      autosave.dispose();
    },
  });
}
