import { type Extension, Facet, RangeSet, StateField, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap, WidgetType } from '@codemirror/view';
import { type Chip, family } from '@patchbay/node-kit';
import { chipsIn, pathText } from './chip-text.ts';
import type { ChipView } from './chip-views.ts';

/** What the document says of the chips, for the drawing: it changes without the text changing. */
export interface ChipReader {
  view: (port: string) => ChipView;
  /** The words of a chip: what is shown, and what is said. */
  words: (view: ChipView, chip: Chip) => { shown: string; said: string };
  /** A chip was clicked, or asked for by keys. */
  open: (chip: Chip, box: DOMRect) => void;
}

const reader = Facet.define<ChipReader, ChipReader | undefined>({ combine: (given) => given[0] });

class ChipWidget extends WidgetType {
  readonly chip: Chip;
  readonly state: ChipView['state'];
  readonly kind: string;
  readonly shown: string;
  readonly said: string;

  constructor(chip: Chip, from: ChipReader) {
    super();
    const view = from.view(chip.port);
    const { shown, said } = from.words(view, chip);
    this.chip = chip;
    this.state = view.state;
    this.kind = family(view.type);
    this.shown = shown;
    this.said = said;
  }

  override eq(other: ChipWidget): boolean {
    // The place moves with every letter typed before it; the click asks the view for it.
    return (
      other.shown === this.shown &&
      other.said === this.said &&
      other.state === this.state &&
      other.kind === this.kind &&
      other.chip.port === this.chip.port &&
      pathText(other.chip.path) === pathText(this.chip.path) &&
      other.chip.optional === this.chip.optional
    );
  }

  override toDOM(view: EditorView): HTMLElement {
    const dom = document.createElement('span');
    dom.className = 'chip';
    dom.dataset['state'] = this.state;
    dom.dataset['kind'] = this.kind;
    dom.dataset['port'] = this.chip.port;
    if (this.chip.optional) dom.dataset['optional'] = '';
    dom.title = this.said;
    dom.textContent = this.shown;
    dom.addEventListener('mousedown', (event) => event.preventDefault());
    dom.addEventListener('click', () => openAt(view, view.posAtDOM(dom), dom));
    return dom;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function openAt(view: EditorView, at: number, dom: Element | null): boolean {
  const chip = chipsIn(view.state.doc.toString()).find((one) => one.start === at);
  const from = view.state.facet(reader);
  if (chip === undefined || from === undefined) return false;
  const coords = view.coordsAtPos(at);
  const box = dom?.getBoundingClientRect() ?? new DOMRect(coords?.left ?? 0, coords?.top ?? 0, 1, 20);
  from.open(chip, box);
  return true;
}

function draw(doc: Text, from: ChipReader | undefined): DecorationSet {
  if (from === undefined) return RangeSet.empty;
  const marks = chipsIn(doc.toString()).map((chip) =>
    Decoration.replace({ widget: new ChipWidget(chip, from) }).range(chip.start, chip.end),
  );
  return Decoration.set(marks);
}

const drawn = StateField.define<DecorationSet>({
  create: (state) => draw(state.doc, state.facet(reader)),
  update(marks, transaction) {
    const same = transaction.startState.facet(reader) === transaction.state.facet(reader);
    return transaction.docChanged || !same ? draw(transaction.state.doc, transaction.state.facet(reader)) : marks;
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    // The caret steps over a chip, and Backspace takes it as one letter.
    EditorView.atomicRanges.of((view) => view.state.field(field, false) ?? RangeSet.empty),
  ],
});

/** Alt+Down at a chip does what a click on it does. */
const chipKeys = keymap.of([
  {
    key: 'Alt-ArrowDown',
    run: (view) => {
      const { head } = view.state.selection.main;
      const chip = chipsIn(view.state.doc.toString()).find((one) => one.start === head || one.end === head);
      return chip !== undefined && openAt(view, chip.start, null);
    },
  },
]);

/** Draws `{{port}}` as a chip with the current name of what it stands for. */
export const chipDrawing: Extension = [drawn, chipKeys];
/** The part that is exchanged when titles or wires change. */
export const chipReader = (from: ChipReader): Extension => reader.of(from);
