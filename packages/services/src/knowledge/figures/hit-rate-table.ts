import type { Figures, HitRate } from './hit-rate.ts';

/** The figures as a table in Markdown. */
export function hitRateTable(ways: Readonly<Record<string, Figures>>): string {
  const rows = Object.entries(ways).flatMap(([way, { english, chinese }]) => [row(way, 'English', english), row(way, 'Chinese', chinese)]);
  return [
    '| found by | questions | right passage among the first 5 | right passage first | mean reciprocal rank |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

const row = (way: string, language: string, { questions, amongFive, first, reciprocalRank }: HitRate): string =>
  `| ${way} | ${questions} in ${language} | ${amongFive.toFixed(2)} | ${first.toFixed(2)} | ${reciprocalRank.toFixed(2)} |`;
