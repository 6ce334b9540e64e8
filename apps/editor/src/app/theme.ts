import { useSyncExternalStore } from 'react';
import { readPreference, writePreference } from './preferences.ts';

export const themes = ['light', 'dark', 'system'] as const;
export type Theme = (typeof themes)[number];
export type Density = 'comfortable' | 'compact';

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const theme = (): Theme => themes.find((known) => known === readPreference('theme')) ?? 'system';
const density = (): Density => (readPreference('density') === 'compact' ? 'compact' : 'comfortable');
const letterKeys = (): boolean => readPreference('letterKeys') !== 'off';

/** Puts the chosen look on the document; called before the first paint. */
export function applyLook(): void {
  const { dataset } = document.documentElement;
  const chosen = theme();
  if (chosen === 'system') delete dataset['theme'];
  else dataset['theme'] = chosen;
  dataset['density'] = density();
}

function choose(name: string, value: string): void {
  writePreference(name, value);
  applyLook();
  for (const listener of listeners) listener();
}

export const setTheme = (next: Theme) => choose('theme', next);
export const setDensity = (next: Density) => choose('density', next);
export const setLetterKeys = (on: boolean) => choose('letterKeys', on ? 'on' : 'off');

export const useTheme = (): Theme => useSyncExternalStore(subscribe, theme);
export const useDensity = (): Density => useSyncExternalStore(subscribe, density);
/** Whether single-letter shortcuts work. */
export const useLetterKeys = (): boolean => useSyncExternalStore(subscribe, letterKeys);
