import type { FlowDocument, Problem } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';
import type { StoreApi } from 'zustand/vanilla';
import { same } from './records.ts';
import type { EditorState } from './types.ts';

export type Check = (flow: FlowDocument, catalogue: Catalogue) => Problem[];
const delayMs = 150;

export interface ProblemWatch {
  /** Checks at once, as when what the words of a problem are made of has changed. */
  check: () => void;
  stop: () => void;
}

/** Keeps `problems` true to the document, a moment after each edit; the same list is kept when nothing changed. */
export function watchProblems(store: StoreApi<EditorState>, catalogue: Catalogue, check: Check): ProblemWatch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    timer = undefined;
    const problems = check(store.getState().flow, catalogue);
    if (!same(problems, store.getState().problems)) store.setState({ problems });
  };
  const unsubscribe = store.subscribe((state, previous) => {
    if (state.flow === previous.flow) return;
    clearTimeout(timer);
    timer = setTimeout(run, delayMs);
  });
  run();
  return {
    check: run,
    stop: () => {
      unsubscribe();
      clearTimeout(timer);
    },
  };
}
