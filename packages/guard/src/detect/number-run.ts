import { code, isDigit } from '../characters.ts';
import type { Source } from '../source.ts';

/** Digits in groups, as people write them: `+86 138-1234-5678`. */
export interface NumberRun {
  plus: boolean;
  /** Right after another number and a space: `2026 0114 0002 3388`. */
  continues: boolean;
  groups: string[];
  /** What stands before each group; the first is what stands before all of it, `(` or nothing. */
  gaps: string[];
  /** Where each group ends; a bracket that closes right after it belongs to it. */
  ends: number[];
}

const longestGroup = 20;
const mostGroups = 9;

/** Reads the run of digit groups at a place; undefined where none starts. Bounded, whatever follows. */
export function numberRunAt(source: Source, start: number): NumberRun | undefined {
  let at = start;
  const plus = source.at(at) === code('+');
  if (plus) at += 1;
  const continues = source.at(start - 1) === code(' ') && isDigit(source.at(start - 2));
  const run: NumberRun = { plus, continues, groups: [], gaps: [], ends: [] };
  let gap = source.at(at) === code('(') ? '(' : '';
  at += gap.length;
  while (run.groups.length < mostGroups) {
    const from = at;
    while (at - from <= longestGroup && isDigit(source.at(at))) at += 1;
    if (at === from) break;
    run.groups.push(source.read(from, at));
    run.gaps.push(gap);
    gap = gapAt(source, at);
    run.ends.push(gap.startsWith(')') ? at + 1 : at);
    if (gap === '') break;
    at += gap.length;
  }
  return run.groups.length === 0 ? undefined : run;
}

/** What may stand between two groups of one number: at most two signs, and a digit after them. */
function gapAt(source: Source, at: number): string {
  for (const gap of gaps) if (source.startsWith(gap, at) && isDigit(source.at(at + gap.length))) return gap;
  return '';
}
const gaps = [') ', ')-', ' (', ')', '(', ' ', '-', '.', '/', ' '];

/** The first groups of a run as one text of sizes: `3-3-4`. */
export const sizesOf = (groups: readonly string[]): string => groups.map((group) => group.length).join('-');
