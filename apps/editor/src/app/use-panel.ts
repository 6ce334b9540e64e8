import { useState } from 'react';
import { readPreference, writePreference } from './preferences.ts';

export interface Panel {
  open: boolean;
  size: number;
  setOpen: (open: boolean) => void;
  setSize: (size: number) => void;
  min: number;
  max: number;
}

/** A panel's size and whether it is open, remembered in this browser. */
export function usePanel(name: string, start: { open: boolean; size: number; min: number; max: number }): Panel {
  const { min, max } = start;
  const clamp = (size: number) => Math.round(Math.min(max, Math.max(min, size)));
  const [open, setOpen] = useState(() => {
    const kept = readPreference(`panel.${name}.open`);
    return kept === null ? start.open : kept === 'yes';
  });
  const [size, setSize] = useState(() => clamp(Number(readPreference(`panel.${name}.size`) ?? start.size) || start.size));
  return {
    open,
    size,
    min,
    max,
    setOpen: (next) => {
      setOpen(next);
      writePreference(`panel.${name}.open`, next ? 'yes' : 'no');
    },
    setSize: (next) => {
      const fitting = clamp(next);
      setSize(fitting);
      writePreference(`panel.${name}.size`, String(fitting));
    },
  };
}
