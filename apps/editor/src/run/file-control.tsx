import type { Json } from '@patchbay/flow';
import { type BaseType, fileLimitBytes } from '@patchbay/node-kit';
import { LoaderCircle, Upload, X } from 'lucide-react';
import { type DragEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contentOf, flowFileLimit, uploadFile } from '../api/files.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useLocale } from '../i18n/index.ts';
import { FilePreview } from '../ui/file-view.tsx';
import { formatBytes } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { shownFile } from '../ui/shown-file.ts';

const accepts: Partial<Record<BaseType, string>> = { image: 'image/*', audio: 'audio/*', video: 'video/*' };

interface FileControlProps {
  type: BaseType;
  label: string;
  value: Json;
  /** The value stays in the flow's document, so it holds the file itself and must be small. */
  inFlow?: boolean | undefined;
  onChange: (value: Json) => void;
}

/** A file of this device, picked or dropped. It is sent to the server at once; the value names it there. */
export function FileControl({ type, label, value, inFlow = false, onChange }: FileControlProps) {
  const { t } = useTranslation('run');
  const locale = useLocale();
  const id = useId();
  const { busy, fault, take } = useTaking({ type, inFlow, onChange });
  const [over, setOver] = useState(false);
  const file = shownFile(value);
  const accept = accepts[type];
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped !== undefined) take(dropped);
  };

  return (
    <div className="flex min-w-0 flex-col gap-1">
      <input
        id={id}
        type="file"
        aria-label={label}
        className="peer sr-only"
        {...(accept === undefined ? {} : { accept })}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = '';
          if (chosen !== undefined) take(chosen);
        }}
      />
      {/* Dropping is a second way to what the input above does by keyboard. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <div
        data-drop
        data-over={over || undefined}
        className="flex items-center gap-2 rounded-field border border-line-strong border-dashed px-3 peer-focus-visible:outline-2 peer-focus-visible:outline-accent data-over:border-accent data-over:bg-sunken"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label htmlFor={id} className="flex min-h-9 min-w-0 flex-1 items-center gap-2 text-body text-ink2 hover:text-ink">
          {busy ? (
            <LoaderCircle className="size-4 shrink-0 animate-spin" aria-hidden />
          ) : (
            <Upload className="size-4 shrink-0" aria-hidden />
          )}
          <span className="truncate" aria-live="polite">
            {busy ? t('sendingFile') : file === undefined ? t('chooseFile') : (file.name ?? t('fileKind', { kind: file.mediaType }))}
          </span>
          {!busy && file?.size !== undefined && (
            <span className="figures shrink-0 text-meta text-ink3">{formatBytes(file.size, locale)}</span>
          )}
        </label>
        {file !== undefined && (
          <IconButton label={t('removeFile', { name: file.name ?? label })} icon={<X />} onClick={() => onChange(null)} />
        )}
      </div>
      {file !== undefined && <FilePreview file={file} name={label} small />}
      {fault !== undefined && (
        <p role="alert" className="text-port text-bad">
          {fault}
        </p>
      )}
    </div>
  );
}

/** Takes a file, the last one chosen where several are on their way. */
function useTaking({ type, inFlow, onChange }: Required<Pick<FileControlProps, 'type' | 'onChange'>> & { inFlow: boolean }) {
  const { t } = useTranslation('run');
  const locale = useLocale();
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const sending = useRef<AbortController>(undefined);
  useEffect(() => () => sending.current?.abort(), []);

  const limit = inFlow ? flowFileLimit : fileLimitBytes;
  const refuse = (chosen: File): string | undefined => {
    const accept = accepts[type];
    if (chosen.size > limit) return t(inFlow ? 'error.flowFileTooBig' : 'error.fileTooBig', { limit: formatBytes(limit, locale) });
    return accept !== undefined && !chosen.type.startsWith(accept.slice(0, -1)) ? t('error.fileType') : undefined;
  };
  const take = (chosen: File): void => {
    sending.current?.abort();
    const refused = refuse(chosen);
    setFault(refused);
    if (refused !== undefined) return;
    const controller = new AbortController();
    sending.current = controller;
    setBusy(true);
    const kept = inFlow ? contentOf(chosen) : uploadFile(chosen, controller.signal).then((stored): Json => ({ ...stored }));
    kept
      .then((value) => {
        if (!controller.signal.aborted) onChange(value);
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setFault(sentenceOf(error));
      })
      .finally(() => {
        if (!controller.signal.aborted) setBusy(false);
      });
  };
  return { busy, fault, take };
}
