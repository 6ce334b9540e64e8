import { type Kind, kinds, type Span } from './kinds.ts';
import { Scanner } from './scan.ts';
import { Source } from './source.ts';

/** Everything in a text that looks like personal data, in order. Time grows with the length of the text, never faster. */
export function findPersonalData(text: string, wanted: readonly Kind[] = kinds): Span[] {
  const spans: Span[] = [];
  const source = new Source();
  source.append(text);
  source.end();
  new Scanner(source, new Set(wanted)).run({
    text: () => {},
    found: (kind, start, end) => {
      const last = spans.at(-1);
      if (last?.kind === 'key' && kind === 'key' && last.end === start) last.end = end;
      else spans.push({ kind, start, end });
    },
  });
  return spans;
}
