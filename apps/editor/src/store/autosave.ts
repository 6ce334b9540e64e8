import type { StoreApi } from 'zustand/vanilla';
import type { Keeper } from './keeper.ts';
import { mergeFlows } from './merge.ts';
import type { EditorState, EditorStore, FlowDocument, SaveDraft } from './types.ts';

interface AutosaveOptions {
  store: StoreApi<EditorState>;
  save: SaveDraft;
  keeper: Keeper;
  /** What the server holds, and its etag. */
  loaded: FlowDocument;
  etag: string;
  command: EditorStore['command'];
  now: () => number;
}

const delayMs = 800;
const retryMs = [2_000, 4_000, 8_000, 15_000] as const;

/** Saves 800 ms after the last edit. Unsaved work is kept on the device; what another tab saved is merged or asked about. */
export function createAutosave(options: AutosaveOptions): Pick<EditorStore, 'saveNow' | 'resolveConflict' | 'dispose'> {
  const { store, keeper, now } = options;
  let base = { flow: options.loaded, etag: options.etag };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let running: Promise<void> | undefined;
  let disposed = false;

  const flow = () => store.getState().flow;
  const dirty = () => flow() !== base.flow;
  const later = (ms: number) => {
    clearTimeout(timer);
    if (!disposed) timer = setTimeout(() => void saveNow(), ms);
  };

  function noteEdit(): void {
    if (!dirty()) {
      clearTimeout(timer);
      settle();
      return;
    }
    keeper.keepDraft({ base: base.flow, etag: base.etag, flow: flow() });
    const { kind } = store.getState().save;
    if (kind === 'conflict') return;
    if (kind !== 'offline') store.setState({ save: { kind: 'unsaved' } });
    later(delayMs);
  }

  function settle(): void {
    keeper.dropDraft();
    store.setState({ save: { kind: 'saved', at: now() } });
  }

  async function saveNow(): Promise<void> {
    clearTimeout(timer);
    running ??= saveAll().finally(() => {
      running = undefined;
    });
    await running;
  }

  async function saveAll(): Promise<void> {
    while (dirty() && store.getState().save.kind !== 'conflict') {
      const sent = flow();
      store.setState({ save: { kind: 'saving' } });
      const result = await options.save(sent, base.etag).catch(() => undefined);
      if (result === undefined) {
        store.setState({ save: { kind: 'offline' } });
        later(retryMs[Math.min(failures++, retryMs.length - 1)] ?? delayMs);
        return;
      }
      failures = 0;
      if (result.kind === 'refused') {
        store.setState({ save: result });
        return;
      }
      if (result.kind === 'conflict') meet(result.theirs, result.etag);
      else {
        base = { flow: sent, etag: result.etag };
        if (!dirty()) settle();
      }
    }
  }

  /** Someone else saved first: both sides are kept, as one document where they do not touch the same record. */
  function meet(theirs: FlowDocument, etag: string): void {
    const merged = mergeFlows(base.flow, flow(), theirs);
    if (merged === null) {
      store.setState({ save: { kind: 'conflict', theirs, etag } });
      return;
    }
    base = { flow: theirs, etag };
    store.setState({ flow: merged });
  }

  function resolveConflict(keep: 'mine' | 'theirs'): void {
    const { save } = store.getState();
    if (save.kind !== 'conflict') return;
    base = { flow: save.theirs, etag: save.etag };
    store.setState({ save: { kind: 'unsaved' } });
    if (keep === 'theirs') {
      options.command({ key: 'canvas:commands.takeTheirs' }, (draft) => {
        for (const key of Object.keys(draft)) Reflect.deleteProperty(draft, key);
        Object.assign(draft, structuredClone(save.theirs));
      });
      base = { flow: flow(), etag: save.etag };
      settle();
    }
    void saveNow();
  }

  const reopen = () => {
    const kept = keeper.draft;
    if (kept === undefined) return;
    if (kept.etag === base.etag) noteEdit();
    else {
      // The draft of an earlier visit, and the flow has moved on meanwhile.
      const { flow: theirs, etag } = base;
      base = { flow: kept.base, etag: kept.etag };
      store.setState({ flow: kept.flow });
      meet(theirs, etag);
      if (store.getState().save.kind !== 'conflict') noteEdit();
    }
  };
  reopen();
  const stop = store.subscribe((state, previous) => {
    if (state.flow !== previous.flow) noteEdit();
  });
  const online = () => void saveNow();
  globalThis.addEventListener?.('online', online);
  return {
    saveNow,
    resolveConflict,
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
      stop();
      globalThis.removeEventListener?.('online', online);
    },
  };
}
