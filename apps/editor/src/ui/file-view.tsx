import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { formatBytes } from './format.ts';
import type { ShownFile } from './shown-file.ts';

/** A file as a person meets it: an image, a player, or its name; always with a way to keep it. */
export function FileView({ file }: { file: ShownFile }) {
  const { t } = useTranslation('run');
  const locale = useLocale();
  const name = file.name ?? t('fileKind', { kind: file.mediaType });
  return (
    <figure className="flex min-w-0 flex-col items-start gap-1.5">
      <FilePreview file={file} name={name} />
      <figcaption className="max-w-full">
        <a
          href={file.url}
          download={file.name ?? ''}
          className="inline-flex max-w-full items-center gap-1.5 text-body text-accent underline underline-offset-2"
        >
          <Download className="size-3.5 shrink-0" aria-hidden />
          <span className="truncate">{name}</span>
          {file.size !== undefined && <span className="figures shrink-0 text-meta text-ink3">{formatBytes(file.size, locale)}</span>}
        </a>
      </figcaption>
    </figure>
  );
}

interface FilePreviewProps {
  file: ShownFile;
  /** What it is called to whoever cannot see it. */
  name: string;
  small?: boolean;
}

/** An image or a player; nothing for other files. */
export function FilePreview({ file: { url, mediaType }, name, small = false }: FilePreviewProps) {
  const height = small ? 'max-h-40' : 'max-h-80';
  if (mediaType.startsWith('image/'))
    return <img src={url} alt={name} className={`${height} max-w-full self-start rounded-field border`} />;
  if (mediaType.startsWith('audio/')) {
    // What people give and flows make has no captions.
    // biome-ignore lint/a11y/useMediaCaption: see above
    return <audio controls src={url} aria-label={name} className={small ? 'h-9 w-full' : 'w-full max-w-md'} />;
  }
  if (mediaType.startsWith('video/')) {
    // biome-ignore lint/a11y/useMediaCaption: as for sound
    return <video controls src={url} aria-label={name} className={`${height} max-w-full self-start rounded-field`} />;
  }
  return null;
}
