import type { ClipboardEvent } from 'react';
import { Field, TextInput } from '../ui/field.tsx';

export interface SecretInputProps {
  label: string;
  mark?: string | undefined;
  help?: string | undefined;
  error?: string | undefined;
  placeholder?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
  className?: string;
}

/** A field for a secret: shown as dots, kept by no password store, corrected by nobody. */
export function SecretInput({ label, mark, help, error, placeholder, value, onChange, autoFocus, className }: SecretInputProps) {
  // A field of one line would run pasted lines together.
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text').trim();
    if (!text.includes('\n')) return;
    event.preventDefault();
    onChange(text);
  };
  return (
    <Field label={label} mark={mark} help={help} error={error} {...(className === undefined ? {} : { className })}>
      <TextInput
        type="password"
        autoComplete="off"
        data-1p-ignore
        data-lpignore="true"
        spellCheck={false}
        autoFocus={autoFocus}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onPaste={paste}
        className="font-mono placeholder:font-sans"
      />
    </Field>
  );
}
