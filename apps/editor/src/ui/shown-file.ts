import { isRecord, type Json } from '@patchbay/flow';
import { isFileValue, isInlineFile } from '@patchbay/node-kit';

/** A file as it can be shown: stored, or with its content in the value. */
export interface ShownFile {
  url: string;
  mediaType: string;
  name: string | undefined;
  /** In bytes. */
  size: number | undefined;
}

export function shownFile(value: Json): ShownFile | undefined {
  const name = isRecord(value) && typeof value['name'] === 'string' && value['name'] !== '' ? value['name'] : undefined;
  if (isFileValue(value)) {
    const { file, mediaType, size } = value;
    return {
      url: `/api/files/${file}`,
      mediaType: typeof mediaType === 'string' ? mediaType : '',
      name,
      size: typeof size === 'number' ? size : undefined,
    };
  }
  if (!isInlineFile(value)) return undefined;
  const { mediaType, base64 } = value;
  return { url: `data:${mediaType};base64,${base64}`, mediaType, name, size: Math.floor((base64.length * 3) / 4) };
}

/** The files a value is, one or a list of nothing else; empty for any other value. */
export function filesIn(value: Json): ShownFile[] {
  const items = Array.isArray(value) ? value : [value];
  const files = items.flatMap((item) => shownFile(item) ?? []);
  return files.length === items.length ? files : [];
}
