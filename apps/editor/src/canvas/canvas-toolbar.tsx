import { useReactFlow } from '@xyflow/react';
import { Keyboard, type LucideIcon, Maximize, Minus, Network, Plus, Redo2, Undo2 } from 'lucide-react';
import { useEditor } from '../store/context.tsx';
import type { Actions } from './use-shortcuts.ts';
import { useWords } from './use-words.ts';

interface Tool {
  key: string;
  words: string;
  icon: LucideIcon;
  run: () => void;
  off?: boolean;
}

/** Undo, redo, zoom, fit, tidy and the list of keys, for the mouse. */
export function CanvasToolbar({ actions }: { actions: Actions }) {
  const { t, command } = useWords();
  const flow = useReactFlow();
  const undo = useEditor((state) => state.undoStack.at(-1)?.name);
  const redo = useEditor((state) => state.redoStack.at(-1)?.name);
  const groups: Tool[][] = [
    [
      {
        key: 'undo',
        words: undo ? t('controls.undoNamed', { name: command(undo) }) : t('controls.undo'),
        icon: Undo2,
        run: actions.undo,
        off: !undo,
      },
      {
        key: 'redo',
        words: redo ? t('controls.redoNamed', { name: command(redo) }) : t('controls.redo'),
        icon: Redo2,
        run: actions.redo,
        off: !redo,
      },
    ],
    [
      { key: 'zoomOut', words: t('controls.zoomOut'), icon: Minus, run: () => void flow.zoomOut({ duration: 120 }) },
      { key: 'zoomIn', words: t('controls.zoomIn'), icon: Plus, run: () => void flow.zoomIn({ duration: 120 }) },
      { key: 'fit', words: t('controls.fit'), icon: Maximize, run: actions.fit },
    ],
    [
      { key: 'tidy', words: t('controls.tidy'), icon: Network, run: actions.tidy },
      { key: 'shortcuts', words: t('controls.shortcuts'), icon: Keyboard, run: actions.help },
    ],
  ];
  return (
    <div className="canvas-tools" role="toolbar" aria-label={t('controls.tools')}>
      {groups.map((group) => (
        <div key={group[0]?.key} className="canvas-tools-group">
          {group.map(({ key, words, icon: Icon, run, off }) => (
            <button key={key} type="button" className="canvas-tool" aria-label={words} title={words} disabled={off === true} onClick={run}>
              <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
