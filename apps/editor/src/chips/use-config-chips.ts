import type { Json } from '@patchbay/flow';
import { useMemo, useRef } from 'react';
import { useEditorStore } from '../store/context.tsx';
import type { ConfigPath } from '../store/edits/setting.ts';
import { type LostWires, placeChip, writeText } from './chip-commands.ts';
import type { InsertedChip } from './chip-field.tsx';

/** How a field writes its text, or a value with texts in it, with all that hangs on its chips. */
export function useConfigChips(node: string, path: ConfigPath) {
  const store = useEditorStore();
  const lost = useRef<LostWires>(new Map());
  const key = path.join('/');
  return useMemo(() => {
    const place = { node, path };
    return {
      onText: (text: string) => writeText(store, place, text, lost.current),
      onInsert: ({ text, clean, port, from }: InsertedChip) => placeChip(store, place, { value: text, clean, port, from }),
      onValue: (value: Json) => writeText(store, place, value, lost.current),
      /** The value is not complete yet: the chip takes its wire when it is. */
      remember: ({ port, from }: InsertedChip) => void lost.current.set(port, from),
      onInsertValue: (value: Json, { port, from }: InsertedChip) => placeChip(store, place, { value, port, from }),
    };
  }, [store, node, key]);
}
