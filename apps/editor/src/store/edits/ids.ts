import type { FlowDocument } from '@patchbay/flow';

/** `prompt`, `prompt_2`, …: readable from the type, unique, within 40 characters. */
export function freeId(wanted: string, taken: (id: string) => boolean): string {
  const base = slug(wanted).slice(0, 34);
  if (!taken(base)) return base;
  let count = 2;
  while (taken(`${base}_${count}`)) count += 1;
  return `${base}_${count}`;
}

export const freeNodeId = (flow: FlowDocument, wanted: string): string => freeId(wanted, (id) => Object.hasOwn(flow.nodes, id));

/** A legal id out of any text; what has no Latin letters becomes `value`. */
export function slug(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  return plain === '' ? 'value' : plain.slice(0, 40);
}
