/** No character here: before the start, or after the end of a text that has ended. */
export const nothing = -1;

const plain = (code: number): number => (code >= 0xff10 && code <= 0xff19 ? code - 0xfee0 : code);

/**
 * Text as detectors see it. A detector that looks past what has arrived so far is *starved*: whatever it answered
 * does not count, and it is asked again with more. So a verdict never depends on where a stream was cut.
 */
export class Source {
  private text = '';
  private ended = false;
  /** Set when a detector looked past the end of an unfinished text. */
  starved = false;

  /** The character code at a place; a full-width digit reads as the digit it is. */
  at(index: number): number {
    if (index < this.text.length) return index < 0 ? nothing : plain(this.text.charCodeAt(index));
    if (!this.ended) this.starved = true;
    return nothing;
  }

  slice(from: number, to: number): string {
    if (to > this.text.length && !this.ended) this.starved = true;
    return this.text.slice(from, to);
  }

  /** A part as detectors read it. */
  read(from: number, to: number): string {
    return this.slice(from, to).replace(/[０-９]/g, (character) => String.fromCharCode(plain(character.charCodeAt(0))));
  }

  /** Whether a text stands at a place; looks no further than the first character that differs. */
  startsWith(text: string, from: number): boolean {
    for (let index = 0; index < text.length; index += 1) if (this.at(from + index) !== text.charCodeAt(index)) return false;
    return true;
  }

  get length(): number {
    return this.text.length;
  }

  append(text: string): void {
    this.text += text;
  }

  end(): void {
    this.ended = true;
  }

  /** Forgets the first characters. */
  drop(count: number): void {
    this.text = this.text.slice(count);
  }
}
