import type { Json } from '@patchbay/flow';
import { nestsDeeper } from './nests-deeper.ts';

/** How deep data may be nested, as in the bodies of requests: what is deeper can be read, but never be written again. */
export const deepestData = 100;

/** A text as JSON. Throws where it is none, or is nested deeper than data may be. */
export function parseJsonText(text: string): Json {
  if (nestsDeeper(text, deepestData)) throw new RangeError(`nested deeper than ${deepestData} levels`);
  return JSON.parse(text) as Json;
}
