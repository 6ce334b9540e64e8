import type { IcuMessage } from './icu.ts';
import { type ProtectedSpan, protect } from './spans.ts';

/** What is wrong with a translation. `lost` and `added` name a protected part, `crossed` a tag that closes in the wrong place. */
export interface Fault {
  kind: 'lost' | 'added' | 'crossed' | 'term';
  text: string;
}

/**
 * Holds a translation against its source: every protected part exactly as often, in any order, tags still nested,
 * and every ICU message with its argument, its selectors and what its branches hold. `target` is a BCP 47 tag.
 */
export function compare(source: string, answer: string, target: string): Fault[] {
  const before = protect(source);
  const after = protect(answer);
  const faults = [...compareCounts(before.spans, after.spans), ...compareMessages(before.messages, after.messages, target)];
  if (faults.length === 0 && isNested(before.spans)) {
    const crossed = firstCrossed(after.spans);
    if (crossed !== undefined) faults.push({ kind: 'crossed', text: crossed });
  }
  return faults;
}

function compareCounts(before: readonly ProtectedSpan[], after: readonly ProtectedSpan[]): Fault[] {
  const balance = new Map<string, number>();
  for (const { text } of before) balance.set(text, (balance.get(text) ?? 0) + 1);
  for (const { text } of after) balance.set(text, (balance.get(text) ?? 0) - 1);
  return [...balance].flatMap(([text, count]): Fault[] => (count === 0 ? [] : [{ kind: count > 0 ? 'lost' : 'added', text }]));
}

function compareMessages(before: readonly IcuMessage[], after: readonly IcuMessage[], target: string): Fault[] {
  const faults: Fault[] = [];
  const rest = [...after];
  for (const message of before) {
    const place = rest.findIndex(({ argument, kind }) => argument === message.argument && kind === message.kind);
    const [twin] = place === -1 ? [] : rest.splice(place, 1);
    if (twin === undefined) faults.push({ kind: 'lost', text: nameOf(message) });
    else faults.push(...compareSelectors(message, twin, target), ...compareBranches(message, twin, target));
  }
  return [...faults, ...rest.map((message): Fault => ({ kind: 'added', text: nameOf(message) }))];
}

const nameOf = ({ argument, kind }: IcuMessage): string => `{${argument}, ${kind}, …}`;

/** A select keeps its selectors. A plural keeps `=0` and the like and `other`; between them it has what the language needs. */
function compareSelectors(before: IcuMessage, after: IcuMessage, target: string): Fault[] {
  const isFixed = (selector: string) => before.kind === 'select' || selector.startsWith('=') || selector === 'other';
  const lost = [...before.branches.keys()].filter((selector) => isFixed(selector) && !after.branches.has(selector));
  const allowed = new Set([...before.branches.keys(), ...(before.kind === 'select' ? [] : pluralForms(target, before.kind))]);
  const added = [...after.branches.keys()].filter((selector) => !allowed.has(selector));
  const fault =
    (kind: Fault['kind']) =>
    (selector: string): Fault => ({ kind, text: `${nameOf(before)} ${selector} {…}` });
  return [...lost.map(fault('lost')), ...added.map(fault('added'))];
}

function pluralForms(target: string, kind: 'plural' | 'selectordinal'): string[] {
  try {
    return new Intl.PluralRules(target, { type: kind === 'plural' ? 'cardinal' : 'ordinal' }).resolvedOptions().pluralCategories;
  } catch {
    return [];
  }
}

/** Each branch holds what its counterpart holds; one the source does not have, what `other` holds. */
function compareBranches(before: IcuMessage, after: IcuMessage, target: string): Fault[] {
  return [...after.branches].flatMap(([selector, text]): Fault[] => {
    const source = before.branches.get(selector) ?? before.branches.get('other');
    if (source === undefined) return [];
    const faults = compare(source, text, target);
    const signs = before.kind === 'select' ? 0 : count(source) - count(text);
    return signs === 0 ? faults : [...faults, { kind: signs > 0 ? 'lost' : 'added', text: '#' }];
  });
}

const count = (branch: string): number => branch.split('#').length - 1;

const voids = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);

function isNested(spans: readonly ProtectedSpan[]): boolean {
  return firstCrossed(spans) === undefined;
}

/** The first tag that does not close what was opened last, or stays open. */
function firstCrossed(spans: readonly ProtectedSpan[]): string | undefined {
  const open: { name: string; text: string }[] = [];
  for (const { kind, text } of spans) {
    const name = /^<\/?([A-Za-z][\w:-]*)/.exec(text)?.[1]?.toLowerCase();
    if (kind !== 'tag' || name === undefined || voids.has(name) || text.endsWith('/>')) continue;
    if (!text.startsWith('</')) open.push({ name, text });
    else if (open.pop()?.name !== name) return text;
  }
  return open.at(-1)?.text;
}
