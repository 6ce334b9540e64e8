import type { ProviderResource } from '@patchbay/services/resources';
import { FileKey, Upload, X } from 'lucide-react';
import { type DragEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { join } from '../ui/join.ts';
import { SecretInput } from './secret-input.tsx';
import { accountOf, isBlock } from './typed-key.ts';

/** Key files have about 2,400 characters; the server takes no more than this. */
const fileLimit = 16_384;

export interface KeyFieldProps {
  /** Whose key it is, as far as that is known. */
  provider: ProviderResource | undefined;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  autoFocus?: boolean;
  className?: string;
}

/** Where a key goes in, in the words of its provider: typed, pasted with all its lines, or as a file that is picked or dropped. */
export function KeyField({ provider, value, onChange, error, autoFocus, className }: KeyFieldProps) {
  const { t } = useTranslation('connections');
  const [over, setOver] = useState(false);
  const [fault, setFault] = useState<string>();
  const asked = provider?.fields.find(({ part }) => part === 'key');
  const label = asked?.title ?? t('add.key');
  const write = (text: string): void => {
    setFault(undefined);
    onChange(text);
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const text = file.size > fileLimit ? '' : await file.text();
    if (text.trim() === '') setFault(t('add.noKeyFile', { name: file.name }));
    else write(text.trim());
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const wrong = fault ?? error;
  return (
    // Dropping is a second way to what picking the file does by keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className={join('flex min-w-0 items-start gap-2 rounded-field', over ? 'outline-2 outline-offset-4 outline-accent' : '', className)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {isBlock(value) ? (
        <PastedKey label={label} text={value} error={wrong} onRemove={() => write('')} />
      ) : (
        <SecretInput
          label={label}
          help={asked?.help ?? t(provider?.needsKey === false ? 'add.keyOptional' : 'add.keyHelp')}
          placeholder={asked?.example}
          error={wrong}
          value={value}
          onChange={write}
          autoFocus={autoFocus ?? false}
          className="flex-1"
        />
      )}
      {provider?.keyForm === 'file' && !isBlock(value) && <PickFile onPicked={(file) => void take(file)} />}
    </div>
  );
}

/** What was pasted or picked as a whole: named, not shown. */
function PastedKey({ label, text, error, onRemove }: { label: string; text: string; error: string | undefined; onRemove: () => void }) {
  const { t } = useTranslation('connections');
  const what = accountOf(text) ?? t('add.pasted', { count: text.trim().split('\n').length });
  return (
    <Field label={label} error={error} className="flex-1">
      <div className="flex h-9 items-center gap-2 rounded-field border border-line-strong bg-sunken pr-0.5 pl-3 text-field pointer-coarse:h-11">
        <FileKey className="size-4 shrink-0 text-ink2" aria-hidden />
        <output className="min-w-0 flex-1 truncate">{what}</output>
        <IconButton label={t('add.removeKey')} icon={<X />} onClick={onRemove} />
      </div>
    </Field>
  );
}

function PickFile({ onPicked }: { onPicked: (file: File | undefined) => void }) {
  const { t } = useTranslation('connections');
  const id = useId();
  return (
    <div className="mt-6 shrink-0">
      <input
        id={id}
        type="file"
        accept=".json,application/json"
        aria-label={t('add.chooseFile')}
        className="peer sr-only"
        onChange={(event) => {
          onPicked(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <label
        htmlFor={id}
        className="inline-flex h-9 items-center gap-2 rounded-field border border-line bg-surface px-3 text-body whitespace-nowrap shadow-e1 hover:border-line-strong peer-focus-visible:outline-2 peer-focus-visible:outline-accent pointer-coarse:min-h-11"
      >
        <Upload className="size-4" aria-hidden />
        {t('add.chooseFile')}
      </label>
    </div>
  );
}
