/** The browser's storage, where the page may use it. */
export function storage(name: 'sessionStorage' | 'localStorage'): Storage | undefined {
  try {
    return typeof window === 'undefined' ? undefined : window[name];
  } catch {
    return undefined;
  }
}

/** False where there was no room; then nothing stands there, rather than something old. */
export function write(place: Storage | undefined, key: string, text: string): boolean {
  try {
    place?.setItem(key, text);
    return place !== undefined;
  } catch {
    place?.removeItem(key);
    return false;
  }
}

export function readJson<Value>(place: Storage | undefined, key: string, fits: (value: object) => boolean): Value | undefined {
  try {
    const value: unknown = JSON.parse(place?.getItem(key) ?? 'null');
    return typeof value === 'object' && value !== null && fits(value) ? (value as Value) : undefined;
  } catch {
    return undefined;
  }
}
