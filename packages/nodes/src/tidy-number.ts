/** What the last binary digits add to decimals that a person wrote is left off: 0.1 and 0.2 are 0.3. */
export function tidyNumber(number: number): number {
  // Adding zero makes the zero below nothing a plain one.
  return Number.isInteger(number) || !Number.isFinite(number) ? number + 0 : Number(number.toPrecision(15));
}
