import { locales } from '@patchbay/flow';
import type { NodeDefinition } from '@patchbay/node-kit';
import { useEffect, useMemo, useState } from 'react';
import { useLocale } from '../i18n/index.ts';
import { wordsHere } from '../i18n/words-here.ts';
import { searchTypes } from './node-search.ts';

/** Node types for what is being typed, best first. A name is found in every language: the others are fetched with the first letter. */
export function useFoundTypes(definitions: readonly NodeDefinition[], query: string): NodeDefinition[] {
  const locale = useLocale();
  const [languages, setLanguages] = useState(1);
  const asked = query !== '';
  useEffect(() => {
    if (!asked) return;
    const all = Promise.all(locales.map((other) => wordsHere.fetch(other)));
    // Without them the names in the reader's own language are still found.
    all.then(
      () => setLanguages(locales.length),
      () => undefined,
    );
  }, [asked]);
  // Words that came meanwhile are found anew.
  return useMemo(() => searchTypes(definitions, query, locale), [definitions, query, locale, languages]);
}
