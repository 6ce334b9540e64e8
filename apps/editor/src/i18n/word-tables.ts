import type { Locale } from '@patchbay/flow';

type Texts = readonly unknown[];
type InEachLanguage = Record<Locale, unknown>;
/** Fetches the texts of one part of the program in one language. */
export type LoadTexts = (part: string, locale: Locale) => Promise<Texts>;

/**
 * The build keeps the texts of each larger part of the program (`build/split-words.ts`) in one file for each language.
 * This is where its parts find them; the sources, and the program as it is developed, hold every text in its place.
 */
export interface WordTables {
  /** Gives a part its texts by their number. One in a language that was not fetched is said in one that was. */
  of: (part: string) => (index: number) => InEachLanguage;
  /** Loads code once the texts of its parts are there in the reader's language. */
  before: <Module>(parts: readonly string[], load: () => Promise<Module>) => Promise<Module>;
  /** Fetches what is not here yet of a language. */
  fetch: (locale: Locale) => Promise<void>;
  /** Says what the reader reads from now on, so that later code comes with those texts. */
  read: (locale: Locale) => void;
}

export function createWordTables(first: Locale, load: LoadTexts): WordTables {
  const tables = new Map<string, Partial<Record<Locale, Texts>>>();
  const asked = new Map<string, Promise<void>>();
  let reader = first;

  const tableOf = (part: string): Partial<Record<Locale, Texts>> => {
    const found = tables.get(part) ?? {};
    tables.set(part, found);
    return found;
  };

  function fetchOne(part: string, locale: Locale): Promise<void> {
    const key = `${part} ${locale}`;
    const running = asked.get(key);
    if (running !== undefined) return running;
    const table = tableOf(part);
    const started = load(part, locale).then(
      (texts) => {
        table[locale] = texts;
      },
      (error: unknown) => {
        asked.delete(key);
        throw error;
      },
    );
    asked.set(key, started);
    return started;
  }

  return {
    of: (part) => {
      const table = tableOf(part);
      return (index) => ({
        get en() {
          return (table.en ?? table['zh-Hans'])?.[index];
        },
        get 'zh-Hans'() {
          return (table['zh-Hans'] ?? table.en)?.[index];
        },
      });
    },
    before: async (parts, loadCode) => {
      // Who chooses another language meanwhile gets the code with that one.
      let fetched: Locale | undefined;
      while (fetched !== reader) {
        const wanted = reader;
        await Promise.all(parts.map((part) => fetchOne(part, wanted)));
        fetched = wanted;
      }
      return loadCode();
    },
    fetch: async (locale) => {
      const missing = () => [...tables].flatMap(([part, table]) => (table[locale] === undefined ? [part] : []));
      // Code that was asked for meanwhile brings further parts.
      for (let parts = missing(); parts.length > 0; parts = missing()) await Promise.all(parts.map((part) => fetchOne(part, locale)));
    },
    read: (locale) => {
      reader = locale;
    },
  };
}
