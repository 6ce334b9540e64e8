/** Why a file has no text for us. */
export type FileTextFault =
  | 'kind'
  | 'locked'
  | 'broken'
  | 'too_large'
  | 'too_many_pages'
  | 'no_text'
  | 'too_long'
  | 'too_slow'
  | 'too_heavy';

export class FileTextError extends Error {
  readonly fault: FileTextFault;
  readonly params: Record<string, string | number>;
  constructor(fault: FileTextFault, params: Record<string, string | number> = {}) {
    super(`file text: ${fault}`);
    this.name = 'FileTextError';
    this.fault = fault;
    this.params = params;
  }
}
