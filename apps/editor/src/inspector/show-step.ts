/** Asks for a step's settings; its detail is the step's id. The panel may be opened by the same request. */
const name = 'patchbay:show-step';
const freshMs = 500;
let asked = Number.NEGATIVE_INFINITY;

if (typeof window !== 'undefined') {
  window.addEventListener(name, () => {
    asked = performance.now();
  });
}

/** Whether settings were asked for a moment ago, before the panel was there to hear it. */
export const wantsFocus = (): boolean => performance.now() - asked < freshMs;

export function listenForShow(show: () => void): () => void {
  window.addEventListener(name, show);
  return () => window.removeEventListener(name, show);
}
