/** Candidates looked at; a longer list is a list of data, not of names. */
const looked = 200;
const longest = 60;

/** The candidate a mistyped name was probably meant to be, or empty where none is close. */
export function nearest(wanted: string, candidates: Iterable<string>): string {
  const name = wanted.toLowerCase().slice(0, longest);
  let best = '';
  let bestScore = 0;
  let count = 0;
  for (const candidate of candidates) {
    count += 1;
    if (count > looked) break;
    const other = candidate.toLowerCase().slice(0, longest);
    const score = likeness(name, other);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** 0 for unlike names, up to 1 for names that differ in case alone. One holding the other is like enough. */
function likeness(a: string, b: string): number {
  const length = Math.max(a.length, b.length);
  if (length === 0) return 0;
  const near = 1 - distance(a, b) / length;
  if (near >= 0.5) return near;
  const shorter = Math.min(a.length, b.length);
  return shorter >= 3 && (a.includes(b) || b.includes(a)) ? 0.4 : 0;
}

/** Edits that lead from one to the other: a letter added, dropped, replaced, or two swapped. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
