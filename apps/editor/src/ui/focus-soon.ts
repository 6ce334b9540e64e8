const longestMs = 2_000;

/** Puts focus on something that is about to be drawn, as soon as it is; gives up when it does not come. */
export function focusSoon(find: () => HTMLElement | null | undefined): void {
  const until = performance.now() + longestMs;
  const look = () => {
    const found = find();
    if (found) found.focus();
    else if (performance.now() < until) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
