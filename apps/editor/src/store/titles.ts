import type { FlowNode, Locale } from '@patchbay/flow';
import { type Catalogue, fieldTypeWords, isList, itemType, type PortType } from '@patchbay/node-kit';

export { labelText } from '@patchbay/node-kit';

/** How a type reads: "text", "list of numbers" is `listOf` with the item's word. */
export function typeText(type: PortType, locale: Locale, listOf: (item: string) => string): string {
  const word = fieldTypeWords[itemType(type)][locale];
  return isList(type) ? listOf(word) : word;
}

/** What a step is called: its own title, else its type's name, with the number its id carries ("Prompt 2"). */
export function stepTitle(catalogue: Catalogue, id: string, node: FlowNode, locale: Locale): string {
  if (node.title !== undefined && node.title !== '') return node.title;
  const word = catalogue.get(node.type)?.words.title[locale] ?? node.type;
  const count = /_(\d+)$/.exec(id)?.[1];
  return count === undefined ? word : `${word} ${count}`;
}
