import { type Locale, type Words, wordParams } from '@patchbay/flow';
import { fieldTypeWords, isList, itemType, type PortType } from './port-type.ts';
import type { Label } from './ports.ts';

/** A label as the reader sees it: our words in the reader's language, a person's own title as it is. */
export const labelText = (label: Label, locale: Locale): string => (typeof label === 'string' ? label : label[locale]);

/** A label as parameters of a problem: its id, and what it is called in each language. */
export function labelParams(name: string, id: string, label: Label): Record<string, string> {
  return wordParams(name, id, typeof label === 'string' ? { en: label, 'zh-Hans': label } : label);
}

/** What a type is called: "text", "list of images". Composed when it is read, since a reader's language may come later. */
export function typeWords(type: PortType): Words {
  const words = fieldTypeWords[itemType(type)];
  if (!isList(type)) return words;
  return {
    get en() {
      return `list of ${words.en}`;
    },
    get 'zh-Hans'() {
      return `${words['zh-Hans']}列表`;
    },
  };
}

/** A type as parameters of a problem. */
export const typeParams = (name: string, type: PortType): Record<string, string> => wordParams(name, type, typeWords(type));
