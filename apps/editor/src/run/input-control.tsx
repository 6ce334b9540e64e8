import type { Json } from '@patchbay/flow';
import { isList, itemType, type PortType } from '@patchbay/node-kit';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { TextArea, TextInput } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { ChatControl } from './chat-control.tsx';
import { isMedia, toDraft } from './drafts.ts';
import { FileControl } from './file-control.tsx';

export interface InputControlProps {
  type: PortType;
  options: readonly string[];
  /** The field's title, for the names of parts. */
  label: string;
  value: Json;
  /** The value stays in the flow's document. */
  inFlow?: boolean;
  onChange: (value: Json) => void;
}

/** The control that fits a type. It stands in a Field, which names it. */
export function InputControl(props: InputControlProps) {
  const { type, options, label, value, inFlow, onChange } = props;
  const { t } = useTranslation('run');
  if (isList(type)) return <ListControl {...props} />;
  const text = typeof value === 'string' ? value : '';
  if (isMedia(type)) {
    return <FileControl type={itemType(type)} label={label} value={value} inFlow={inFlow} onChange={onChange} />;
  }
  switch (itemType(type)) {
    case 'number':
      return <TextInput inputMode="decimal" value={text} onValueChange={onChange} className="figures" />;
    case 'boolean':
      return (
        <span className="flex h-9 items-center gap-2">
          <Switch checked={value === true} onChange={onChange} label={label} />
          <span className="text-body text-ink2">{value === true ? t('yes') : t('no')}</span>
        </span>
      );
    case 'choice':
      if (options.length === 0) return <TextInput value={text} onValueChange={onChange} />;
      return (
        <Select
          value={text}
          onChange={onChange}
          label={label}
          options={[{ value: '', label: t('chooseOption') }, ...options.map((option) => ({ value: option, label: option }))]}
        />
      );
    case 'chat':
      return <ChatControl label={label} value={value} onChange={onChange} />;
    case 'data':
      return (
        <TextArea
          value={text}
          rows={5}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          className="figures text-port"
        />
      );
    default:
      return <TextArea value={text} rows={text.length > 160 ? 6 : 3} onChange={(event) => onChange(event.target.value)} />;
  }
}

function ListControl({ type, options, label, value, inFlow = false, onChange }: InputControlProps) {
  const { t } = useTranslation('run');
  const items = Array.isArray(value) ? value : [];
  const base = itemType(type);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" aria-label={label}>
      {items.map((item, index) => (
        <div key={index} className="flex items-start gap-1">
          <div className="min-w-0 flex-1">
            <ListItem
              type={base}
              options={options}
              label={t('item', { label, number: index + 1 })}
              value={item}
              inFlow={inFlow}
              onChange={(next) => onChange(items.with(index, next))}
            />
          </div>
          <IconButton label={t('removeItem', { number: index + 1 })} icon={<X />} onClick={() => onChange(items.toSpliced(index, 1))} />
        </div>
      ))}
      <Button size="small" icon={<Plus />} className="self-start" onClick={() => onChange([...items, toDraft(base, null)])}>
        {t('addItem')}
      </Button>
    </fieldset>
  );
}

/** Items of a list are named one by one, since the field's label names the whole. */
function ListItem({ type, options, label, value, inFlow = false, onChange }: InputControlProps) {
  const plain = type === 'text' || type === 'number' || type === 'any' || (type === 'choice' && options.length === 0);
  if (!plain) return <InputControl type={type} options={options} label={label} value={value} inFlow={inFlow} onChange={onChange} />;
  return <TextInput aria-label={label} value={typeof value === 'string' ? value : ''} onValueChange={onChange} />;
}
