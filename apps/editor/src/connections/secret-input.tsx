import { Field, TextInput } from '../ui/field.tsx';

export interface SecretInputProps {
  label: string;
  help?: string | undefined;
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
  className?: string;
}

/** A field for a secret: shown as dots, kept by no password store, corrected by nobody. */
export function SecretInput({ label, help, error, value, onChange, autoFocus, className }: SecretInputProps) {
  return (
    <Field label={label} help={help} error={error} {...(className === undefined ? {} : { className })}>
      <TextInput
        type="password"
        autoComplete="off"
        data-1p-ignore
        data-lpignore="true"
        spellCheck={false}
        autoFocus={autoFocus}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="font-mono"
      />
    </Field>
  );
}
