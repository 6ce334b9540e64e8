import type { UsageTotal } from '@patchbay/node-kit';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { formatCost, formatNumber, totalTokens } from '../ui/format.ts';

/** What only some calls say of themselves, each in a few words. */
function useNotes(usage: UsageTotal | undefined): string[] {
  const { t } = useTranslation('run');
  const locale = useLocale();
  const { cachedInputTokens, reasoningTokens, audioSeconds } = usage ?? {};
  const shown = (count: number): string => formatNumber(Math.round(count), locale);
  return [
    ...(cachedInputTokens === undefined ? [] : [t('tokensCached', { number: shown(cachedInputTokens) })]),
    ...(reasoningTokens === undefined ? [] : [t('tokensThought', { number: shown(reasoningTokens) })]),
    ...(audioSeconds === undefined ? [] : [t('secondsHeard', { count: Math.round(audioSeconds), number: shown(audioSeconds) })]),
  ];
}

/** Tokens of model calls; a dash where none was made. */
export function Tokens({ usage, worded = false }: { usage: UsageTotal | undefined; worded?: boolean }) {
  const { t } = useTranslation('run');
  const locale = useLocale();
  const notes = useNotes(usage);
  if (usage === undefined || usage.calls === 0) return <span className="text-ink3">{t('noCost')}</span>;
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens, audioSeconds } = usage;
  const shown = (count: number): string => formatNumber(Math.round(count), locale);
  const words = [
    t('tokensInOut', { input: shown(inputTokens), output: shown(outputTokens) }),
    ...(cachedInputTokens === undefined ? [] : [t('tokensCached', { number: shown(cachedInputTokens) })]),
    ...(reasoningTokens === undefined ? [] : [t('tokensThought', { number: shown(reasoningTokens) })]),
    ...(audioSeconds === undefined ? [] : [t('secondsHeard', { count: Math.round(audioSeconds), number: shown(audioSeconds) })]),
  ].join('\n');
  const number = `${usage.estimated ? '≈' : ''}${formatNumber(totalTokens(usage), locale)}`;
  return <span title={[words, ...notes].join('\n')}>{worded ? t('tokenCount', { count: totalTokens(usage), number }) : number}</span>;
}

/** The same notes to be read, where there is room. */
export function UsageNotes({ usage }: { usage: UsageTotal }) {
  return useNotes(usage).map((note) => (
    <span key={note} className="figures text-port text-ink3">
      {note}
    </span>
  ));
}

/** Money of model calls; a dash where none was made, words where no price is known. */
export function Cost({ usage, simulated }: { usage: UsageTotal | undefined; simulated: boolean }) {
  const { t } = useTranslation('run');
  const locale = useLocale();
  if (usage === undefined || usage.calls === 0) return <span className="text-ink3">{t('noCost')}</span>;
  if (simulated && (usage.costUsd ?? 0) === 0) return <span className="text-ink3">{t('free')}</span>;
  if (usage.costUsd === null) return <span className="text-ink3">{t('unknownPrice')}</span>;
  return <span>{formatCost(usage.costUsd, locale)}</span>;
}
