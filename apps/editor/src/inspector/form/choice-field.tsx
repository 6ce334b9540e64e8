import { join } from '../../ui/join.ts';
import { Select } from '../../ui/select.tsx';
import { FieldFrame } from './field-frame.tsx';
import { type FieldProps, problemsAt, useForm } from './form-context.ts';

const segmentsUpTo = 3;
const segmentLetters = 30;

/** One of several: side by side where they are few and short, else in a list. */
export function ChoiceField({ path, ui, value }: FieldProps) {
  const form = useForm();
  const options = (ui.options ?? []).map((option) => ({ value: option.value, label: option.title[form.locale] }));
  const chosen = typeof value === 'string' ? value : '';
  const letters = options.reduce((sum, option) => sum + option.label.length, 0);
  const few = options.length <= segmentsUpTo && letters <= segmentLetters;
  const choose = (next: string) => form.write(path, next);
  return (
    <FieldFrame
      label={ui.title[form.locale]}
      help={ui.help?.[form.locale]}
      problems={problemsAt(form, path, true)}
      locale={form.locale}
      custom={few}
    >
      {(ids) =>
        few ? (
          <Segments labelId={ids.labelId} describedBy={ids.describedBy} options={options} value={chosen} onChange={choose} />
        ) : (
          <Select value={chosen} onChange={choose} options={options} />
        )
      }
    </FieldFrame>
  );
}

interface SegmentsProps {
  labelId: string;
  describedBy: string | undefined;
  options: readonly { value: string; label: string }[];
  value: string;
  onChange: (value: string) => void;
}

function Segments({ labelId, describedBy, options, value, onChange }: SegmentsProps) {
  return (
    <div
      role="radiogroup"
      aria-labelledby={labelId}
      aria-describedby={describedBy}
      className="flex rounded-field border border-line-strong bg-sunken p-0.5"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={join(
            'flex h-7 min-w-0 flex-1 items-center justify-center rounded-chip px-2 text-body select-none pointer-coarse:h-10',
            'has-focus-visible:outline-2 has-focus-visible:outline-accent',
            option.value === value ? 'border border-line-strong bg-surface font-medium text-ink' : 'text-ink2 hover:text-ink',
          )}
        >
          <input
            type="radio"
            className="sr-only"
            name={labelId}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span className="truncate">{option.label}</span>
        </label>
      ))}
    </div>
  );
}
