import type { Locale } from '@patchbay/flow';
import type { EstimateRange, EstimateResource } from '@patchbay/services/resources';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { estimateDraft } from '../api/flows.ts';
import { useLocale } from '../i18n/index.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { formatCost, formatNumber } from '../ui/format.ts';
import type { RunSession } from './use-run-session.ts';

/** After the last change, so that typing asks once. */
const delayMs = 1_000;

/** What a run of the draft with the inputs of the form would ask of models; undefined while that is not known. */
function useEstimate(session: RunSession): EstimateResource | undefined {
  const store = useEditorStore();
  const nodes = useEditor((state) => state.flow.nodes);
  const edges = useEditor((state) => state.flow.edges);
  const pins = useEditor((state) => state.pins);
  const saved = useEditor((state) => state.save.kind === 'saved');
  const inputs = JSON.stringify(session.inputs());
  const [known, setKnown] = useState<EstimateResource>();
  useEffect(() => {
    if (!saved) return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      estimateDraft(store.getState().flowId, JSON.parse(inputs), control.signal).then(setKnown, () => {
        // A flow or a form that is not right yet has no figures.
        if (!control.signal.aborted) setKnown(undefined);
      });
    }, delayMs);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [store, nodes, edges, pins, saved, inputs]);
  return known;
}

/** A quiet line beside Run. Nothing where nothing would be called. */
export function EstimateLine({ session }: { session: RunSession }) {
  const { t } = useTranslation('reuse');
  const locale = useLocale();
  const estimate = useEstimate(session);
  if (estimate === undefined || estimate.calls.most === 0) return null;
  const { calls, costUsd, complete } = estimate;
  const range = ({ least, most }: EstimateRange, format: (value: number, locale: Locale) => string): string => {
    const [from, to] = [format(least, locale), format(most, locale)];
    return from === to ? to : t('estimate.range', { least: from, most: to });
  };
  const tokens = {
    least: estimate.inputTokens.least + estimate.outputTokens.least,
    most: estimate.inputTokens.most + estimate.outputTokens.most,
  };
  const free = costUsd !== null && costUsd.most === 0;
  return (
    <p
      data-testid="estimate"
      title={complete ? t(calls.least === calls.most ? 'estimate.help' : 'estimate.span') : t('estimate.more')}
      className="figures text-port text-ink3"
    >
      {t('estimate.line', {
        calls: t('estimate.calls', { count: calls.most, number: range(calls, formatNumber) }),
        tokens: t('estimate.tokens', { number: range(tokens, formatNumber) }),
        cost: costUsd === null ? t('estimate.unknown') : free ? t('estimate.free') : range(costUsd, formatCost),
      })}
    </p>
  );
}
