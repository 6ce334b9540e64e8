let met = false;

/** A disk is full for all that write to it, so this is one word for the process: whether a write failed for want of space since one went through. */
export const spaceIsShort = (): boolean => met;

export function noteSpace(short: boolean): void {
  met = short;
}
