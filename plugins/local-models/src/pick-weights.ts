import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Precisions by the ending of their file, the one that is taken first coming first. */
const precisions = [
  ['_quantized', 'q8'],
  ['_int8', 'int8'],
  ['_uint8', 'uint8'],
  ['_q4', 'q4'],
  ['', 'fp32'],
  ['_fp16', 'fp16'],
] as const;
export type Precision = (typeof precisions)[number][1];

const bodies = ['model', 'decoder_model_merged', 'encoder_model'];

/** Of the weights that lie in a model's folder the smallest that lose little. Rejects where there are none. */
export async function pickWeights(folder: string): Promise<Precision> {
  const files = new Set(await readdir(join(folder, 'onnx')));
  const found = precisions.find(([ending]) => bodies.some((body) => files.has(`${body}${ending}.onnx`)));
  if (found === undefined) throw new Error('there are no weights in the folder onnx');
  return found[1];
}
