import { defaultKeymap } from '@codemirror/commands';
import { EditorState, type Extension, Prec, Transaction } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { undoKey } from './undo-key.ts';

export interface SetupNeeds {
  multiline: boolean;
  placeholder: string;
  undo: () => void;
  redo: () => void;
  /** Words of the library's own parts. */
  phrases: Record<string, string>;
}

/** Undo belongs to the flow: the text has no history of its own, and the keys do not reach the page. */
const undoKeys = ({ undo, redo }: SetupNeeds): Extension =>
  Prec.highest(
    EditorView.domEventHandlers({
      keydown(event) {
        const step = undoKey(event);
        if (step === null) return false;
        event.stopPropagation();
        if (step === 'redo') redo();
        else undo();
        return true;
      },
      beforeinput: (event) => event.inputType === 'historyUndo' || event.inputType === 'historyRedo',
    }),
  );

/** In a field of one line, Enter does nothing and pasted line breaks become spaces. */
const oneLine: Extension = [
  keymap.of([{ key: 'Enter', run: () => true }]),
  EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
    const text = transaction.newDoc.toString().replace(/\n+/g, ' ');
    const { length } = transaction.startState.doc;
    const head = Math.min(transaction.newSelection.main.head, text.length);
    return {
      changes: { from: 0, to: length, insert: text },
      selection: { anchor: head },
      annotations: [Transaction.userEvent.of('input.paste')],
    };
  }),
];

/** Keys of the page that a field must not swallow. */
const pageKeys = new Set(['Mod-Enter', 'Ctrl-Enter', 'Mod-i', 'Alt-l', 'Ctrl-l', 'Mod-Alt-\\', 'Shift-Mod-k', 'Mod-/', 'Ctrl-k', 'Escape']);
const textKeys = defaultKeymap.filter(({ key, mac }) => !pageKeys.has(key ?? '') && !pageKeys.has(mac ?? ''));

/** What every text with chips has in common. */
export const chipSetup = (needs: SetupNeeds): Extension => [
  undoKeys(needs),
  needs.multiline ? [] : oneLine,
  keymap.of(textKeys),
  EditorView.lineWrapping,
  placeholder(needs.placeholder),
  tooltips({ position: 'fixed', parent: document.body }),
  EditorState.phrases.of(needs.phrases),
  EditorState.lineSeparator.of('\n'),
];
