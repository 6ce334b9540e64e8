import type { FlowEdge } from '@patchbay/flow';
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Point } from '../store/edits/place.ts';
import type { Fit } from '../store/edits/targets.ts';

/** A half-made wire: from an output to be led on, or from an input to be fed. */
export interface LooseEnd {
  end: string;
  side: 'output' | 'input';
}

/** What floats over the canvas, one at a time. Places are in the window's pixels. */
export type Overlay =
  | { kind: 'picker'; at: Point; place?: Point; fit: Fit; loose?: LooseEnd; edge?: FlowEdge; after?: string; query?: string }
  | { kind: 'fan-in'; at: Point; from: string; to: string; replaces?: FlowEdge }
  /** `circle`: the wire leads back, so that a container that repeats could take it. */
  | { kind: 'refusal'; at: Point; sentence: string; converters: string[]; from?: string; to?: string; circle?: boolean }
  | { kind: 'targets'; at: Point; node: string }
  | { kind: 'menu'; at: Point; node: string };

/** What only the canvas knows for a moment and no document keeps. */
export interface CanvasUiState {
  overlay: Overlay | null;
  loose: LooseEnd | null;
  /** Ends a wire being made may go to; null while none is made. */
  open: ReadonlySet<string> | null;
  renaming: string | null;
  /** The node that has the canvas's one tab stop. */
  roving: string | null;
  /** For the polite live region. */
  said: string;
}
/** Where cards are while they are dragged, by step. Apart from the rest, so that a move of the hand asks only wires. */
export type DraggedPlaces = StoreApi<ReadonlyMap<string, Point>>;
export type CanvasUi = StoreApi<CanvasUiState> & { dragged: DraggedPlaces };

export function createCanvasUi(): CanvasUi {
  const ui = createStore<CanvasUiState>(() => ({ overlay: null, loose: null, open: null, renaming: null, roving: null, said: '' }));
  return Object.assign(ui, { dragged: createStore<ReadonlyMap<string, Point>>(() => new Map()) });
}

export const CanvasUiContext = createContext<CanvasUi | null>(null);

export function useCanvasUi(): CanvasUi {
  const ui = useContext(CanvasUiContext);
  if (ui === null) throw new Error('useCanvasUi outside of a canvas');
  return ui;
}

export function useUi<Part>(select: (state: CanvasUiState) => Part): Part {
  return useStore(useCanvasUi(), select);
}
