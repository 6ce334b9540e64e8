import type { StoreApi } from 'zustand/vanilla';
import { same } from './records.ts';
import type { EditorState, FlowDocument, HistoryStep } from './types.ts';

/** A draft the server does not have yet, with the saved state it was made from. */
export interface KeptDraft {
  base: FlowDocument;
  etag: string;
  flow: FlowDocument;
}

interface Opened {
  flow: FlowDocument;
  undo: readonly HistoryStep[];
  redo: readonly HistoryStep[];
}

/** What must survive a reload: undo in this tab, an unsaved draft on this device. Storage that is full or absent is no error. */
export interface Keeper {
  open(loaded: FlowDocument, etag: string): Opened;
  /** The draft an earlier visit could not save. */
  readonly draft: KeptDraft | undefined;
  keepDraft(draft: KeptDraft): void;
  dropDraft(): void;
  /** Keeps undo as the store changes; returns the way to stop. */
  watch(store: StoreApi<EditorState>): () => void;
}

const undoBytes = 2_000_000;
const undoDelayMs = 400;

export function createKeeper(
  flowId: string,
  tab: Storage | undefined = storage('sessionStorage'),
  device = storage('localStorage'),
): Keeper {
  const undoKey = `patchbay.undo.${flowId}`;
  const draftKey = `patchbay.draft.${flowId}`;
  let draft = readJson<KeptDraft>(device, draftKey, isDraft);
  return {
    get draft() {
      return draft;
    },
    open(loaded, etag) {
      // A draft equal to what was loaded was saved after all, before its answer came.
      if (draft !== undefined && same(draft.flow, loaded)) {
        draft = undefined;
        device?.removeItem(draftKey);
      }
      const flow = draft === undefined ? loaded : draft.etag === etag ? draft.flow : loaded;
      const kept = readJson<KeptUndo>(tab, undoKey, isKeptUndo);
      return kept !== undefined && same(kept.flow, flow) ? { flow, undo: kept.undo, redo: kept.redo } : { flow, undo: [], redo: [] };
    },
    keepDraft: (next) => {
      draft = next;
      write(device, draftKey, JSON.stringify(next));
    },
    dropDraft: () => {
      draft = undefined;
      device?.removeItem(draftKey);
    },
    watch: (store) => keepUndo(store, (text) => write(tab, undoKey, text)),
  };
}

interface KeptUndo extends Opened {}

function keepUndo(store: StoreApi<EditorState>, put: (text: string) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    timer = undefined;
    const { flow, undoStack, redoStack } = store.getState();
    let undo = undoStack;
    let text = JSON.stringify({ flow, undo, redo: redoStack });
    while (text.length > undoBytes && undo.length > 0) {
      undo = undo.slice(Math.ceil(undo.length / 4));
      text = JSON.stringify({ flow, undo, redo: [] });
    }
    put(text);
  };
  const now = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    keep();
  };
  const stop = store.subscribe((state, previous) => {
    if (state.flow !== previous.flow) timer ??= setTimeout(keep, undoDelayMs);
  });
  globalThis.addEventListener?.('pagehide', now);
  return () => {
    stop();
    now();
    globalThis.removeEventListener?.('pagehide', now);
  };
}

function storage(name: 'sessionStorage' | 'localStorage'): Storage | undefined {
  try {
    return typeof window === 'undefined' ? undefined : window[name];
  } catch {
    return undefined;
  }
}

function write(place: Storage | undefined, key: string, text: string): void {
  try {
    place?.setItem(key, text);
  } catch {
    place?.removeItem(key);
  }
}

function readJson<Value>(place: Storage | undefined, key: string, fits: (value: object) => boolean): Value | undefined {
  try {
    const value: unknown = JSON.parse(place?.getItem(key) ?? 'null');
    return typeof value === 'object' && value !== null && fits(value) ? (value as Value) : undefined;
  } catch {
    return undefined;
  }
}

const isDraft = (value: object): boolean => 'base' in value && 'etag' in value && 'flow' in value;
const isKeptUndo = (value: object): boolean =>
  'flow' in value && 'undo' in value && Array.isArray(value.undo) && 'redo' in value && Array.isArray(value.redo);
