import { Select as Base } from '@base-ui/react/select';
import { fieldTypeWords, isList, isPortType, itemType, type PortType } from '@patchbay/node-kit';
import { Check, ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PortGlyph } from '../../canvas/port-glyph.tsx';
import { controlLook } from '../../ui/field.tsx';
import { join } from '../../ui/join.ts';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';

/** The type of a value: which kind, and whether one or a list of them. */
export function PortTypeField({ path, ui, value }: FieldProps) {
  const form = useForm();
  const { t } = useTranslation('inspector');
  const type: PortType = typeof value === 'string' && isPortType(value) ? value : 'text';
  const offered = new Set((ui.options ?? []).map((option) => option.value));
  const bases = Object.keys(fieldTypeWords).filter((base) => offered.size === 0 || offered.has(base));
  const base = itemType(type);
  const lists = offered.size === 0 || offered.has(`${base}[]`);
  return (
    <FieldFrame label={ui.title[form.locale]} help={ui.help?.[form.locale]} problems={problemsAt(form, path, true)} locale={form.locale}>
      <div className="flex items-center gap-2">
        <Base.Root
          value={base}
          onValueChange={(next) => next !== null && form.write(path, isList(type) && offered.has(`${next}[]`) ? `${next}[]` : next)}
          items={bases.map((one) => ({ value: one, label: wordOf(one) }))}
        >
          <Base.Trigger className={join(controlLook, 'flex h-9 min-w-0 flex-1 items-center gap-2 text-left')}>
            <PortGlyph type={type} />
            <Base.Value className="flex-1 truncate" />
            <ChevronDown className="size-4 text-ink3" aria-hidden />
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 min-w-(--anchor-width)">
              <Base.Popup className="floating scroll max-h-(--available-height) p-1 text-body outline-none">
                {bases.map((one) => (
                  <Base.Item
                    key={one}
                    value={one}
                    className="flex h-8 items-center gap-2 rounded-chip px-2 outline-none select-none data-highlighted:bg-sunken pointer-coarse:h-11"
                  >
                    <PortGlyph type={isPortType(one) ? one : 'any'} />
                    <Base.ItemText className="flex-1">{wordOf(one)}</Base.ItemText>
                    <Base.ItemIndicator>
                      <Check className="size-4 text-accent" aria-hidden />
                    </Base.ItemIndicator>
                  </Base.Item>
                ))}
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
        {lists && (
          <label className="flex h-9 shrink-0 items-center gap-2 text-body text-ink2">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={isList(type)}
              onChange={(event) => form.write(path, event.target.checked ? `${base}[]` : base)}
            />
            {t('field.list')}
          </label>
        )}
      </div>
    </FieldFrame>
  );

  function wordOf(one: string): string {
    return isPortType(one) ? fieldTypeWords[itemType(one)][form.locale] : one;
  }
}
