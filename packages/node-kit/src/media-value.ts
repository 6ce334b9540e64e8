import { isRecord, type Json } from '@patchbay/flow';

/** The most one file may have, in bytes: what providers take inline is less or about this. */
export const fileLimitBytes = 25 * 1024 * 1024;

/** A stored file, as values of the types image, audio, video and file travel: its content stays in the store. */
export interface FileValue {
  /** `file_…`, the id it has in its workspace. */
  file: string;
  /** What its bytes are; never what somebody said. */
  mediaType: string;
  /** In bytes. */
  size: number;
  /** What a person calls it: a label, never a path. */
  name?: string;
  /** Where the API gives its content. */
  url: string;
}

/** A file with its content in it, as callers may give one that is small. */
export interface InlineFile {
  mediaType: string;
  /** Without a prefix. */
  base64: string;
  name?: string;
}

const idPattern = /^file_[0-9a-z]{26}$/;

export const isFileId = (value: unknown): value is string => typeof value === 'string' && idPattern.test(value);

/** True for a value that names a stored file; of the rest of it nothing is looked at. */
export const isFileValue = (value: Json | undefined): value is { file: string } & { [key: string]: Json } =>
  isRecord(value) && isFileId(value['file']);

export const isInlineFile = (value: Json | undefined): value is { mediaType: string; base64: string } & { [key: string]: Json } =>
  isRecord(value) && typeof value['mediaType'] === 'string' && typeof value['base64'] === 'string';

/** What a store knows of a file. */
export interface FileInfo {
  id: string;
  mediaType: string;
  size: number;
  name: string | null;
}

/** The value that stands for a stored file on wires, in records and in answers. */
export const fileValue = ({ id, mediaType, size, name }: FileInfo): FileValue => ({
  file: id,
  mediaType,
  size,
  ...(name === null ? {} : { name }),
  url: `/v1/files/${id}`,
});
