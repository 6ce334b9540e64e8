import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';
import { SearchSelect, type SearchSelectProps } from './search-select.tsx';

type Picked = Pick<FieldProps, 'path' | 'ui'> & Omit<SearchSelectProps, 'ids'>;

/** A setting whose value is picked from a list with a search over it, with its label, help and problems. */
export function PickedField({ path, ui, ...select }: Picked) {
  const form = useForm();
  return (
    <FieldFrame
      label={ui.title[form.locale]}
      help={ui.help?.[form.locale]}
      problems={problemsAt(form, path, true)}
      locale={form.locale}
      custom
    >
      {(ids) => <SearchSelect ids={ids} {...select} />}
    </FieldFrame>
  );
}

type Named = Pick<FieldProps, 'path' | 'ui' | 'value'> &
  Pick<SearchSelectProps, 'options' | 'searchLabel' | 'noneText'> & {
    /** What it says, and offers first, where nothing is chosen. */
    unset: string;
  };

/** One of the workspace's things by what the flow calls it. What is gone stays readable; without a choice the setting is left out. */
export function NamedField({ path, ui, value, options, unset, ...words }: Named) {
  const form = useForm();
  const chosen = typeof value === 'string' ? value : '';
  const known = options.find((option) => option.value === chosen);
  return (
    <PickedField
      path={path}
      ui={ui}
      value={chosen}
      shown={chosen === '' ? unset : (known?.label ?? chosen)}
      options={[{ value: '', label: unset }, ...options]}
      onChange={(next) => form.write(path, next === '' ? undefined : next)}
      {...words}
    />
  );
}
