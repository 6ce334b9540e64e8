import { useState } from 'react';
import { readPreference, writePreference } from './preferences.ts';

export interface Panel {
  open: boolean;
  size: number;
  /** Whether a person has said that they want it open, or closed. */
  decided: boolean;
  /** Opens it for now, deciding nothing. */
  show: () => void;
  setOpen: (open: boolean) => void;
  setSize: (size: number) => void;
  min: number;
  max: number;
}

/** A panel's size and whether it is open, remembered in this browser. */
export function usePanel(name: string, start: { open: boolean; size: number; min: number; max: number }): Panel {
  const { min, max } = start;
  const clamp = (size: number) => Math.round(Math.min(max, Math.max(min, size)));
  const [kept, setKept] = useState(() => readPreference(`panel.${name}.open`));
  const [open, setOpen] = useState(kept === null ? start.open : kept === 'yes');
  const [size, setSize] = useState(() => clamp(Number(readPreference(`panel.${name}.size`) ?? start.size) || start.size));
  return {
    open,
    decided: kept !== null,
    show: () => setOpen(true),
    size,
    min,
    max,
    setOpen: (next) => {
      const decision = next ? 'yes' : 'no';
      setOpen(next);
      setKept(decision);
      writePreference(`panel.${name}.open`, decision);
    },
    setSize: (next) => {
      const fitting = clamp(next);
      setSize(fitting);
      writePreference(`panel.${name}.size`, String(fitting));
    },
  };
}
