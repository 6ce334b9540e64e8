import { Braces } from 'lucide-react';
import { lazy, Suspense, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../store/context.tsx';
import { joinEnd, nodeOf } from '../store/edits/ends.ts';
import { edgeIndex } from '../store/indexes.ts';
import { IconButton } from '../ui/icon-button.tsx';
import type { ChipEditorHandle } from './chip-editor.tsx';
import { FixMenu } from './chip-menu.tsx';
import { chipsIn } from './chip-text.ts';

const ChipEditor = lazy(() => import('./chip-editor.tsx').then(({ ChipEditor: component }) => ({ default: component })));

/** A text in which a chip was put. */
export interface InsertedChip {
  text: string;
  /** The text without what was typed to ask for it. */
  clean: string;
  port: string;
  /** The output it comes from. */
  from: string;
}

export interface ChipFieldProps {
  node: string;
  text: string;
  /** The id of the visible label. */
  labelId: string;
  describedBy?: string | undefined;
  multiline?: boolean;
  /** The text is JSON: a chip outside of a string is quoted. */
  json?: boolean;
  placeholder?: string;
  invalid?: boolean;
  onText: (text: string) => void;
  onInsert: (chip: InsertedChip) => void;
}

/** A text field in which `{{port}}` is drawn as a chip: a wire that can be seen in the text. */
export function ChipField(props: ChipFieldProps) {
  const { t } = useTranslation('inspector');
  const handle = useRef<ChipEditorHandle>(null);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="relative">
        <Suspense fallback={<PlainText {...props} />}>
          <ChipEditor {...props} handle={handle} />
        </Suspense>
        <IconButton
          label={t('chip.insert')}
          keys="{{"
          icon={<Braces />}
          className="absolute top-1 right-1 size-7! bg-surface"
          onClick={() => handle.current?.pick()}
        />
      </div>
      <LooseChips node={props.node} text={props.text} />
    </div>
  );
}

/** What stands there until the editor has come: the same text in the same place. */
function PlainText({ text, multiline = false, placeholder = '' }: ChipFieldProps) {
  return (
    <div
      aria-busy="true"
      className={`min-w-0 rounded-field border border-line-strong bg-surface py-2 pr-9 pl-3 text-field break-words whitespace-pre-wrap ${multiline ? 'min-h-24' : ''}`}
    >
      {text === '' ? <span className="text-ink3">{placeholder}</span> : text}
    </div>
  );
}

/** Chips that stand for nothing yet, each with its ways out. */
function LooseChips({ node, text }: { node: string; text: string }) {
  const { t } = useTranslation('inspector');
  const values = useEditor((state) => nodeOf(state.flow, node)?.values);
  const into = useEditor((state) => edgeIndex(state.flow.edges).into);
  const required = chipsIn(text).filter((chip) => !chip.optional);
  const loose = [...new Set(required.map((chip) => chip.port))].filter(
    (port) => !into.has(joinEnd(node, port)) && !(values !== undefined && Object.hasOwn(values, port)),
  );
  return loose.map((port) => (
    <div key={port} className="flex items-center gap-2 text-port text-warn">
      <span className="min-w-0 flex-1">{t('chip.looseLine', { name: port })}</span>
      <FixMenu node={node} port={port} />
    </div>
  ));
}
