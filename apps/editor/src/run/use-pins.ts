import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { listPins, savePin } from '../api/flows.ts';
import { sentenceOf } from '../api/sentence.ts';
import { savedFirst } from '../app/saved-first.ts';
import { useEditorStore } from '../store/context.tsx';
import { pinOf } from '../store/pins.ts';
import type { EditorStore, PinStates } from '../store/types.ts';
import { toast } from '../ui/toast.tsx';

const saving = new WeakMap<EditorStore, Promise<void>>();
/** Typing is sent when it pauses. */
const delayMs = 400;

/** Sends what is still to be sent, and settles when the server has it: a run takes the pins that are there. */
export const pinsSaved = (store: EditorStore): Promise<void> => {
  flushes.get(store)?.();
  return saving.get(store) ?? Promise.resolve();
};
const flushes = new WeakMap<EditorStore, () => void>();

/** Reads the pins of the open flow and keeps the server's up to date. */
export function usePins(): void {
  const store = useEditorStore();
  const { t } = useTranslation('reuse');
  useEffect(() => {
    const control = new AbortController();
    let server: PinStates = {};
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function sendChanged(): Promise<void> {
      const { pins, flowId } = store.getState();
      for (const node of new Set([...Object.keys(server), ...Object.keys(pins)])) {
        const pin = pinOf({ pins }, node);
        if (pin === pinOf({ pins: server }, node)) continue;
        try {
          await savedFirst(store);
          await savePin(flowId, node, pin?.outputs);
        } catch (error) {
          toast(t('pinRefused', { message: sentenceOf(error) }));
        }
      }
      server = pins;
    }
    const flush = () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      saving.set(store, (saving.get(store) ?? Promise.resolve()).then(sendChanged));
    };
    flushes.set(store, flush);
    const stop = store.subscribe((state, previous) => {
      if (state.pins === previous.pins || state.pins === server) return;
      clearTimeout(timer);
      timer = setTimeout(flush, delayMs);
    });
    listPins(store.getState().flowId, control.signal).then(
      ({ pins }) => {
        server = Object.fromEntries(pins.map(({ node, outputs, pinnedAt }) => [node, { outputs, at: Date.parse(pinnedAt) }]));
        // What was pinned before they came stands.
        store.setState((state) => ({ pins: { ...server, ...state.pins } }));
      },
      () => undefined,
    );
    return () => {
      flush();
      stop();
      control.abort();
    };
  }, [store, t]);
}
