import type { FileInfo } from '@patchbay/node-kit';

/** Where the files of workspaces are kept. */
export interface FileStore {
  /** How long a file is kept after it was last used, for what people are told. */
  readonly keptDays: number;
  /** What is known of a file, without its content. Undefined where the workspace has no such file (any more). */
  look(workspace: string, id: string): Promise<FileInfo | undefined>;
  /** The same with its content. */
  read(workspace: string, id: string): Promise<{ info: FileInfo; bytes: Uint8Array } | undefined>;
  /** Keeps a file under the type its bytes have; the same file again is the file there is. */
  save(workspace: string, file: { bytes: Uint8Array; mediaType?: string | undefined; name?: string | undefined }): Promise<FileInfo>;
}
