import type { PinState, PinStates, RecordChange } from './types.ts';

const prefix = 'pin:';

/** Pins are undone with everything else, but are no part of the document. */
export const isPinChange = ({ key }: Pick<RecordChange, 'key'>): boolean => key.startsWith(prefix);

export const pinChange = (node: string, before: PinState | undefined, after: PinState | undefined): RecordChange => ({
  key: prefix + node,
  before,
  after,
});

/** The pins with each changed one set to its value before or after. The same object where none changes. */
export function applyPins(pins: PinStates, changes: readonly RecordChange[], way: 'before' | 'after'): PinStates {
  const changed = changes.filter(isPinChange);
  if (changed.length === 0) return pins;
  const next: Record<string, PinState> = { ...pins };
  for (const change of changed) {
    const node = change.key.slice(prefix.length);
    const pin = change[way] as PinState | undefined;
    if (pin === undefined) delete next[node];
    else next[node] = pin;
  }
  return next;
}

export const pinOf = ({ pins }: { pins: PinStates }, node: string): PinState | undefined =>
  Object.hasOwn(pins, node) ? pins[node] : undefined;
