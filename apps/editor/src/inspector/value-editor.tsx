import type { Json, Problem } from '@patchbay/flow';
import { type PortType, typeWords } from '@patchbay/node-kit';
import { PencilLine, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { isMedia, toDraft } from '../run/drafts.ts';
import { InputControl } from '../run/input-control.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { FieldFrame } from './form/field-frame.tsx';
import { useDraft } from './form/use-draft.ts';
import { readValue } from './read-value.ts';

export interface ValueEditorProps {
  label: string;
  help?: string | undefined;
  type: PortType;
  options: readonly string[];
  /** Undefined: there is no value. */
  value: Json | undefined;
  problems?: readonly Problem[];
  /** Nothing stands there until a value is asked for: for ports, whose usual value is a wire. */
  folded?: boolean;
  onChange: (value: Json | undefined) => void;
}

/** A value written down by hand, in the control that fits its type. No value and an empty one are two things. */
export function ValueEditor({ label, help, type, options, value, problems = [], folded = false, onChange }: ValueEditorProps) {
  const { t } = useTranslation('inspector');
  const locale = useLocale();
  const [draft, setDraft] = useDraft(value, (held) => toDraft(type, held ?? null));
  const read = readValue(type, options, draft);
  const change = (next: Json) => {
    const result = readValue(type, options, next);
    setDraft(next, result.ok ? result.value : value);
    if (result.ok) onChange(result.value);
  };
  const set = value !== undefined;
  const [writing, setWriting] = useState(false);
  const control = useRef<HTMLDivElement>(null);
  const shown = set || writing || (!folded && (type === 'text' || type === 'number' || isMedia(type)));
  const begin = () => {
    setWriting(true);
    // A typed control begins with a value; a line of text with none, until something is typed.
    if (type !== 'text' && type !== 'any' && type !== 'number' && !isMedia(type)) onChange(blank(type));
    setTimeout(() => control.current?.querySelector<HTMLElement>('textarea, input, button')?.focus(), 0);
  };
  const clear = () => {
    setWriting(false);
    onChange(undefined);
  };
  return (
    <FieldFrame
      label={label}
      help={help}
      mark={
        <>
          {typeWords(type)[locale]}
          {(set || writing) && !isMedia(type) && <Clear label={t('value.clear', { name: label })} onClear={clear} />}
        </>
      }
      problems={problems}
      fault={read.ok ? undefined : t(`value.${read.fault}`, { type: typeWords(type)[locale] })}
      locale={locale}
    >
      {shown ? (
        <div ref={control}>
          <InputControl type={type} options={options} label={label} value={draft} inFlow onChange={change} />
        </div>
      ) : (
        <Button size="small" icon={<PencilLine />} className="self-start" aria-label={t('value.addTo', { name: label })} onClick={begin}>
          {t('value.add')}
        </Button>
      )}
    </FieldFrame>
  );
}

function Clear({ label, onClear }: { label: string; onClear: () => void }) {
  return <IconButton className="-my-1 ml-1 size-6! align-middle" label={label} icon={<X />} onClick={onClear} />;
}

/** The first value of a type, from which a person goes on. */
function blank(type: PortType): Json {
  if (type.endsWith('[]')) return [];
  if (type === 'boolean') return false;
  if (type === 'data') return {};
  if (type === 'chat') return [{ role: 'user', content: '' }];
  return '';
}
