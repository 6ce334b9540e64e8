import { isRecord, type Json } from '@patchbay/flow';
import type { BaseType } from '@patchbay/node-kit';
import { Upload, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/icon-button.tsx';
import { toBase64 } from './to-base64.ts';

/** With base64 a third larger, this stays under the 10 MiB a request may have. */
const largestFile = 7 * 1024 * 1024;
const accepts: Partial<Record<BaseType, string>> = { image: 'image/*', audio: 'audio/*', video: 'video/*' };

interface FileControlProps {
  type: BaseType;
  label: string;
  value: Json;
  onChange: (value: Json) => void;
}

/** A file of this device as `{ mediaType, base64, name }`. */
export function FileControl({ type, label, value, onChange }: FileControlProps) {
  const { t } = useTranslation('run');
  const id = useId();
  const [fault, setFault] = useState<string>();
  const file = isRecord(value) ? value : undefined;
  const accept = accepts[type];

  const take = async (chosen: File): Promise<void> => {
    if (chosen.size > largestFile) return setFault(t('error.fileTooBig'));
    if (accept !== undefined && !chosen.type.startsWith(accept.slice(0, -1))) return setFault(t('error.fileType'));
    setFault(undefined);
    const base64 = toBase64(new Uint8Array(await chosen.arrayBuffer()));
    onChange({ mediaType: chosen.type === '' ? 'application/octet-stream' : chosen.type, base64, name: chosen.name });
  };

  return (
    <div className="flex flex-col gap-1">
      <input
        id={id}
        type="file"
        aria-label={label}
        className="peer sr-only"
        {...(accept === undefined ? {} : { accept })}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = '';
          if (chosen !== undefined) void take(chosen);
        }}
      />
      <div className="flex items-center gap-2 rounded-field border border-line-strong border-dashed px-3 peer-focus-visible:outline-2 peer-focus-visible:outline-accent">
        <label htmlFor={id} className="flex h-9 min-w-0 flex-1 items-center gap-2 text-body text-ink2 hover:text-ink">
          <Upload className="size-4 shrink-0" aria-hidden />
          <span className="truncate">{file === undefined ? t('chooseFile') : String(file['name'] ?? file['mediaType'])}</span>
        </label>
        {file !== undefined && (
          <IconButton label={t('removeFile', { name: String(file['name'] ?? '') })} icon={<X />} onClick={() => onChange(null)} />
        )}
      </div>
      {file !== undefined && type === 'image' && (
        <img
          src={`data:${String(file['mediaType'])};base64,${String(file['base64'])}`}
          alt={label}
          className="max-h-40 self-start rounded-chip border"
        />
      )}
      {fault !== undefined && (
        <p role="alert" className="text-port text-bad">
          {fault}
        </p>
      )}
    </div>
  );
}
