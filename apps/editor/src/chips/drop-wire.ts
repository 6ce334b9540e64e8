/** A wire let go over a text: which output it comes from, and where in the window. */
export interface DroppedWire {
  from: string;
  x: number;
  y: number;
}

const name = 'patchbay:drop-wire';

/** Hands a wire to the text with chips under it. Says whether there is one. */
export function dropOnText(under: Element | null, wire: DroppedWire): boolean {
  const text = under?.closest('.chip-editor');
  if (text === null || text === undefined) return false;
  text.dispatchEvent(new CustomEvent<DroppedWire>(name, { detail: wire }));
  return true;
}

export function listenForWires(text: HTMLElement, take: (wire: DroppedWire) => void): () => void {
  const hear = (event: Event) => event instanceof CustomEvent && take(event.detail as DroppedWire);
  text.addEventListener(name, hear);
  return () => text.removeEventListener(name, hear);
}
