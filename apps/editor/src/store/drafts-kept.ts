import type { KeptDraft } from './keeper.ts';
import { readJson, write } from './storage.ts';

/** Whose drafts these are, and which other tabs are open; undefined where that is not known. */
export interface Tab {
  id: string;
  open?: ReadonlySet<string> | undefined;
}

interface StoredDraft extends KeptDraft {
  /** When it was kept last, milliseconds since 1970. */
  at: number;
}

/** Where it is not known which tabs are open, a draft nobody touched for this long is nobody's. */
const forgottenMs = 120_000;

export interface DraftPlace {
  read(): KeptDraft | undefined;
  put(draft: KeptDraft): void;
  drop(): void;
}

/**
 * Unsaved drafts of one flow on this device, each under the tab that wrote it: no tab sees or drops the draft of another
 * that is open. What a closed tab left behind is taken over by the next one that opens the flow, the newest first.
 */
export function draftPlace(device: Storage | undefined, flowId: string, tab: Tab): DraftPlace {
  const prefix = `patchbay.draft.${flowId}.`;
  const own = prefix + tab.id;
  const read = (key: string) => readJson<StoredDraft>(device, key, isDraft);
  const orphans = () =>
    keysOf(device)
      .filter((key) => key.startsWith(prefix) && key !== own)
      .flatMap((key) => {
        const draft = read(key);
        return draft !== undefined && isOrphan(tab, key.slice(prefix.length), draft.at) ? [{ key, draft }] : [];
      })
      .toSorted((a, b) => b.draft.at - a.draft.at);
  return {
    read() {
      const mine = read(own);
      if (mine !== undefined) return mine;
      const [left] = orphans();
      if (left === undefined) return undefined;
      // Under the new name first: a draft that is there twice is better than one that is gone.
      if (write(device, own, JSON.stringify(left.draft))) device?.removeItem(left.key);
      return left.draft;
    },
    put: (draft) => void write(device, own, JSON.stringify({ ...draft, at: Date.now() })),
    drop: () => device?.removeItem(own),
  };
}

const isOrphan = (tab: Tab, owner: string, at: number): boolean =>
  tab.open === undefined ? Date.now() - at > forgottenMs : !tab.open.has(owner);

const keysOf = (place: Storage | undefined): string[] =>
  Array.from({ length: place?.length ?? 0 }, (_, index) => place?.key(index)).filter((key) => typeof key === 'string');

const isDraft = (value: object): boolean =>
  'base' in value && 'etag' in value && 'flow' in value && 'at' in value && typeof value.at === 'number';
