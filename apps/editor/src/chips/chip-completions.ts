import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSection,
  pickedCompletion,
  startCompletion,
} from '@codemirror/autocomplete';
import { type Extension, Prec } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import { family } from '@patchbay/node-kit';
import type { ChipSource, SourceGroup } from './chip-sources.ts';
import { triggerBefore } from './chip-text.ts';

/** What the list of values needs from around the text. */
export interface PickerNeeds {
  sources: () => ChipSource[];
  groupName: (group: SourceGroup) => string;
  /** The last value in one line. */
  preview: (source: ChipSource) => string;
  /** A value was chosen for the part of the text from `from` to `to`. */
  choose: (source: ChipSource, from: number, to: number) => void;
}

const groups: SourceGroup[] = ['before', 'inputs', 'other'];
const previews = new WeakMap<Completion, { source: ChipSource; text: string }>();

function optionsOf(needs: PickerNeeds, triggerFrom: (from: number) => number): Completion[] {
  const sections = new Map<SourceGroup, CompletionSection>(groups.map((group, rank) => [group, { name: needs.groupName(group), rank }]));
  return needs.sources().map((source, index): Completion => {
    const section = sections.get(source.group);
    const option: Completion = {
      label: source.label,
      // The list's own order stands: nearest steps first.
      sortText: String(index).padStart(5, '0'),
      apply: (view, completion, from, to) => {
        view.dispatch({ annotations: pickedCompletion.of(completion) });
        needs.choose(source, triggerFrom(from), to);
      },
      ...(section === undefined ? {} : { section }),
    };
    previews.set(option, { source, text: needs.preview(source) });
    return option;
  });
}

function complete(needs: PickerNeeds, context: CompletionContext): CompletionResult | null {
  const trigger = triggerBefore(context.state.doc.toString(), context.pos);
  if (trigger === null && !context.explicit) return null;
  const before = trigger === null ? 0 : trigger.queryFrom - trigger.from;
  const options = optionsOf(needs, (from) => from - before);
  if (options.length === 0) return null;
  return { from: trigger?.queryFrom ?? context.pos, options, validFor: /^[^{}\n]*$/ };
}

function glyph(option: Completion): Node | null {
  const kind = previews.get(option)?.source.type;
  const dom = document.createElement('span');
  dom.className = 'chip-glyph';
  dom.dataset['kind'] = kind === undefined ? 'any' : family(kind);
  dom.ariaHidden = 'true';
  return dom;
}

function preview(option: Completion): Node | null {
  const text = previews.get(option)?.text ?? '';
  if (text === '') return null;
  const dom = document.createElement('span');
  dom.className = 'chip-preview';
  dom.textContent = text;
  return dom;
}

/** Typing `{{` or `/`, or Mod+Space, lists every value that may stand here. */
export function chipPicker(needs: PickerNeeds): Extension {
  return [
    autocompletion({
      override: [(context) => complete(needs, context)],
      icons: false,
      activateOnTypingDelay: 0,
      interactionDelay: 0,
      maxRenderedOptions: 200,
      closeOnBlur: true,
      compareCompletions: (a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''),
      tooltipClass: () => 'chip-picker',
      addToOptions: [
        { render: glyph, position: 20 },
        { render: preview, position: 80 },
      ],
    }),
    Prec.high(keymap.of([{ key: 'Mod-Space', run: startCompletion }])),
  ];
}

/** Opens the list at the caret, as its button does. */
export function openPicker(view: EditorView): void {
  view.focus();
  startCompletion(view);
}
