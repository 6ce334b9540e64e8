const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** A language as a model knows it best: its English name. A tag that is none stands for itself. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
