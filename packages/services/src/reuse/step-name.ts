import type { FlowDocument, Locale } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';

/** A step as a sentence calls it: by its own title, else by its type's. */
export function stepName({ nodes }: FlowDocument, catalogue: Catalogue, id: string, locale: Locale): string {
  const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  return node?.title ?? catalogue.get(node?.type ?? '')?.words.title[locale] ?? id;
}
