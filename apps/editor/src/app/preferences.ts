/** What a person chose for this browser. Storage that is full or forbidden is no error. */
export function readPreference(name: string): string | null {
  try {
    return localStorage.getItem(`patchbay.${name}`);
  } catch {
    return null;
  }
}

export function writePreference(name: string, value: string): void {
  try {
    localStorage.setItem(`patchbay.${name}`, value);
  } catch {
    // The choice then holds until the page is closed.
  }
}
