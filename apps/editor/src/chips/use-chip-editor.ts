import { Annotation, Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type RefObject, useEffect, useRef } from 'react';
import { chipPicker, type PickerNeeds } from './chip-completions.ts';
import { type ChipReader, chipDrawing, chipReader } from './chip-decorations.ts';
import { chipSetup, type SetupNeeds } from './chip-setup.ts';

export interface ChipEditorNeeds {
  text: string;
  attributes: Record<string, string>;
  setup: SetupNeeds;
  picker: PickerNeeds;
  reader: ChipReader;
  onText: (text: string) => void;
  onBlur: () => void;
}

/** The change came from the document; it must not be written back to it. */
const fromStore = Annotation.define<boolean>();

/** One editor for the life of the field; what may change is read through `latest` or exchanged in a compartment. */
export function useChipEditor(holder: RefObject<HTMLElement | null>, needs: ChipEditorNeeds): RefObject<EditorView | null> {
  const view = useRef<EditorView | null>(null);
  const latest = useRef(needs);
  latest.current = needs;
  const parts = useRef({ reader: new Compartment(), attributes: new Compartment() });

  useEffect(() => {
    const parent = holder.current;
    if (parent === null) return;
    const { reader, attributes } = parts.current;
    const now = latest.current;
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: now.text,
        extensions: [
          chipSetup({ ...now.setup, undo: () => latest.current.setup.undo(), redo: () => latest.current.setup.redo() }),
          chipPicker({
            sources: () => latest.current.picker.sources(),
            groupName: (group) => latest.current.picker.groupName(group),
            preview: (source) => latest.current.picker.preview(source),
            choose: (...chosen) => latest.current.picker.choose(...chosen),
          }),
          chipDrawing,
          reader.of(chipReader(now.reader)),
          attributes.of(EditorView.contentAttributes.of(now.attributes)),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(fromStore))) return;
            latest.current.onText(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({ blur: () => latest.current.onBlur() }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [holder]);

  useEffect(() => {
    if (view.current !== null) showText(view.current, needs.text);
  }, [needs.text]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.reader.reconfigure(chipReader(needs.reader)) });
  }, [needs.reader]);
  const attributes = JSON.stringify(needs.attributes);
  useEffect(() => {
    const { attributes: part } = parts.current;
    view.current?.dispatch({
      effects: part.reconfigure(EditorView.contentAttributes.of(JSON.parse(attributes) as Record<string, string>)),
    });
  }, [attributes]);
  return view;
}

/** Takes over the document's text by its smallest difference, so that the caret stays where it was. */
export function showText(view: EditorView, text: string, caret?: number): void {
  const old = view.state.doc.toString();
  if (old === text && caret === undefined) return;
  let start = 0;
  const shorter = Math.min(old.length, text.length);
  while (start < shorter && old[start] === text[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  view.dispatch({
    changes: { from: start, to: old.length - end, insert: text.slice(start, text.length - end) },
    ...(caret === undefined ? {} : { selection: { anchor: caret } }),
    annotations: fromStore.of(true),
  });
}
