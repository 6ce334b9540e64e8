const framesAtMost = 120;

/**
 * Puts focus on what will be drawn in a moment. Whoever has moved the focus meanwhile keeps it: a late jump would take
 * half of what is typed.
 */
export function focusWhenDrawn(find: () => HTMLElement | null | undefined): void {
  const before = document.activeElement;
  let frames = 0;
  const look = () => {
    const now = document.activeElement;
    if (now !== before && now !== null && now !== document.body) return;
    const found = find();
    if (found) found.focus();
    else if (frames++ < framesAtMost) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
