import type { Json } from '@patchbay/flow';

/** Text that is still arriving. May be read once as chunks, or as often as wanted as a whole. */
export interface TextStream extends AsyncIterable<string> {
  readonly isTextStream: true;
  /** The whole text, when it has ended; rejects when the source failed. */
  text(): Promise<string>;
}

export const isTextStream = (value: Json | TextStream | undefined): value is TextStream =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'isTextStream' in value && value.isTextStream === true;

/** A port's text as chunks, whether it streams or not. */
export async function* chunksOf(value: Json | TextStream | undefined): AsyncGenerator<string> {
  if (isTextStream(value)) yield* value;
  else if (typeof value === 'string') yield value;
}

/** A port's whole text. Null and absent read as empty. */
export async function textOf(value: Json | TextStream | undefined): Promise<string> {
  if (isTextStream(value)) return value.text();
  return typeof value === 'string' ? value : '';
}
