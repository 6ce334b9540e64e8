import type { StoreApi } from 'zustand/vanilla';
import { draftPlace, type Tab } from './drafts-kept.ts';
import { same } from './records.ts';
import { readJson, storage, write } from './storage.ts';
import { openTab } from './tab.ts';
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

/** Where things are kept; absent: in this tab's and this device's storage. */
export interface KeptPlaces {
  tab?: Tab;
  session?: Storage | undefined;
  device?: Storage | undefined;
}

/** The keeper of a flow that is opened in this tab; takes over what closed tabs left unsaved. */
export const openKeeper = async (flowId: string): Promise<Keeper> => createKeeper(flowId, { tab: await openTab() });

export function createKeeper(flowId: string, places: KeptPlaces = {}): Keeper {
  const { tab = { id: 'only' }, session = storage('sessionStorage'), device = storage('localStorage') } = places;
  const undoKey = `patchbay.undo.${flowId}`;
  const drafts = draftPlace(device, flowId, tab);
  let draft = drafts.read();
  return {
    get draft() {
      return draft;
    },
    open(loaded, etag) {
      // A draft equal to what was loaded was saved after all, before its answer came.
      if (draft !== undefined && same(draft.flow, loaded)) {
        draft = undefined;
        drafts.drop();
      }
      const flow = draft === undefined ? loaded : draft.etag === etag ? draft.flow : loaded;
      const kept = readJson<KeptUndo>(session, undoKey, isKeptUndo);
      return kept !== undefined && same(kept.flow, flow) ? { flow, undo: kept.undo, redo: kept.redo } : { flow, undo: [], redo: [] };
    },
    keepDraft: (next) => {
      draft = next;
      drafts.put(next);
    },
    dropDraft: () => {
      draft = undefined;
      drafts.drop();
    },
    watch: (store) => keepUndo(store, (text) => write(session, undoKey, text)),
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
    if (state.flow !== previous.flow || state.undoStack !== previous.undoStack) timer ??= setTimeout(keep, undoDelayMs);
  });
  globalThis.addEventListener?.('pagehide', now);
  return () => {
    stop();
    now();
    globalThis.removeEventListener?.('pagehide', now);
  };
}

const isKeptUndo = (value: object): boolean =>
  'flow' in value && 'undo' in value && Array.isArray(value.undo) && 'redo' in value && Array.isArray(value.redo);
