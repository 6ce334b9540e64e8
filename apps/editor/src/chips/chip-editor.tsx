import '../i18n/words/inspector.ts';
import './chips.css';
import type { Json } from '@patchbay/flow';
import type { Chip } from '@patchbay/node-kit';
import { type Ref, type RefObject, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { chipName } from '../store/edits/chips.ts';
import { joinEnd } from '../store/edits/ends.ts';
import { freeId } from '../store/edits/ids.ts';
import type { EditorStore } from '../store/types.ts';
import { openPicker } from './chip-completions.ts';
import type { ChipReader } from './chip-decorations.ts';
import type { ChipFieldProps } from './chip-field.tsx';
import { FloatingChipMenu } from './chip-menu.tsx';
import { type ChipSource, chipSources } from './chip-sources.ts';
import { chipNames, chipToken, insideJsonString, pathText, splice } from './chip-text.ts';
import { type ChipView, chipView } from './chip-views.ts';
import { type DroppedWire, listenForWires } from './drop-wire.ts';
import { shortText } from './short-text.ts';
import { showText, useChipEditor } from './use-chip-editor.ts';

export interface ChipEditorHandle {
  pick: () => void;
}

type Words = (view: ChipView, chip: Chip) => { shown: string; said: string };

/** What a chip says: the current name of its value, or that it has none. */
function useChipWords(): Words {
  const { t } = useTranslation('inspector');
  return useMemo(
    () => (view, chip) => {
      const place = `${pathText(chip.path)}${chip.optional ? '?' : ''}`;
      if (view.state === 'wired') return { shown: `${view.label}${place}`, said: t('chip.wired', { value: `${view.label}${place}` }) };
      const name = `${chip.port}${place}`;
      if (view.state === 'literal') {
        const value = shortText(view.literal ?? null, 24);
        return { shown: t('chip.literal', { name, value }), said: t('chip.literalSaid', { name, value }) };
      }
      return chip.optional
        ? { shown: name, said: t('chip.looseOptional', { name }) }
        : { shown: t('chip.loose', { name }), said: t('chip.looseSaid', { name }) };
    },
    [t],
  );
}

function useReader(node: string, open: ChipReader['open']): ChipReader {
  const { catalogue } = useEditorStore();
  const locale = useLocale();
  const flow = useEditor((state) => state.flow);
  const words = useChipWords();
  return useMemo(
    () => ({ view: (port: string) => chipView(flow, catalogue, locale, node, port), words, open }),
    [flow, catalogue, locale, node, words, open],
  );
}

/** The text with chips itself. Loaded when the first such field is shown. */
export function ChipEditor(props: ChipFieldProps & { handle: Ref<ChipEditorHandle> }) {
  const { node, text, multiline = false, json = false, placeholder = '', onText, onInsert, handle } = props;
  const { t } = useTranslation('inspector');
  const store = useEditorStore();
  const sources = useSources(node);
  const holder = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<{ port: string; box: DOMRect } | null>(null);
  const reader = useReader(
    node,
    useMemo(() => (chip: Chip, box: DOMRect) => setMenu({ port: chip.port, box }), []),
  );

  const choose = (source: ChipSource, from: number, to: number): void => {
    const editor = view.current;
    if (editor === null) return;
    const typed = editor.state.doc.toString();
    const port = portFor(store, node, source.end, typed);
    const token = chipToken(port, source.path);
    const piece = json && !insideJsonString(typed, from) ? JSON.stringify(token) : token;
    const next = splice(typed, from, to, piece);
    onInsert({ text: next.text, clean: splice(typed, from, to, '').text, port, from: source.end });
    showText(editor, next.text, next.caret);
  };

  const view = useChipEditor(holder, {
    text,
    attributes: attributesOf(props),
    setup: { multiline, placeholder, undo: store.undo, redo: store.redo, phrases: { Completions: t('chip.picker') } },
    picker: {
      sources,
      groupName: (group) => t(`chip.group.${group}`),
      preview: ({ value }: { value: Json | undefined }) => (value === undefined ? '' : shortText(value, 60)),
      choose,
    },
    reader,
    onText,
    onBlur: store.seal,
  });
  useDroppedWires(holder, ({ from, x, y }) => {
    const source = sources().find(({ end, path }) => end === from && path.length === 0);
    const at = view.current?.posAtCoords({ x, y }, false);
    if (source !== undefined && at !== undefined) choose(source, at, at);
  });
  useImperativeHandle(handle, () => ({ pick: () => view.current !== null && openPicker(view.current) }), [view]);
  return (
    <>
      <div
        ref={holder}
        className="chip-editor"
        data-multiline={multiline || undefined}
        data-code={json || undefined}
        data-invalid={props.invalid || undefined}
      />
      {menu !== null && <FloatingChipMenu node={node} port={menu.port} box={menu.box} onClose={() => setMenu(null)} />}
    </>
  );
}

/** The values that may stand here, read when they are asked for. */
function useSources(node: string): () => ChipSource[] {
  const store = useEditorStore();
  const locale = useLocale();
  return () => {
    const { flow, run } = store.getState();
    return chipSources({ flow, run, catalogue: store.catalogue, locale }, node);
  };
}

/** Wires let go over the text, heard for as long as it is there. */
function useDroppedWires(text: RefObject<HTMLElement | null>, take: (wire: DroppedWire) => void): void {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => (text.current === null ? undefined : listenForWires(text.current, (wire) => latest.current(wire))), [text]);
}

/** The chip's name: one that stands in the text already, for another value, is not taken again. */
function portFor(store: EditorStore, node: string, from: string, text: string): string {
  const { flow } = store.getState();
  const port = chipName(flow, store.catalogue, node, from);
  const names = chipNames(text);
  if (!names.has(port) || flow.edges.some((edge) => edge.from === from && edge.to === joinEnd(node, port))) return port;
  return freeId(port, (id) => names.has(id));
}

function attributesOf({ labelId, describedBy, multiline = false, invalid = false, json = false }: ChipFieldProps): Record<string, string> {
  return {
    'aria-labelledby': labelId,
    'aria-multiline': String(multiline),
    'aria-haspopup': 'listbox',
    ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
    ...(invalid ? { 'aria-invalid': 'true' } : {}),
    spellcheck: String(!json && multiline),
  };
}
