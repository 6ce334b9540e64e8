import type { FlowDocument, Locale } from '@patchbay/flow';
import type { Catalogue, SkipReason } from '@patchbay/node-kit';
import i18next from 'i18next';
import { stepTitle } from '../store/titles.ts';

export type StepNames = (id: string) => string;

/** What steps are called, by id; a step that is gone keeps its id. */
export const stepNames =
  (flow: FlowDocument | undefined, catalogue: Catalogue, locale: Locale): StepNames =>
  (id) => {
    const node = flow !== undefined && Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined;
    return node === undefined ? id : stepTitle(catalogue, id, node, locale);
  };

/** Why a step was skipped, in words. */
export function skipSentence(reason: { code: string; node: string; port?: string }, name: StepNames): string {
  const node = name(reason.node);
  if (reason.code === 'branch' && reason.port !== undefined) return i18next.t('run:skipReason.branchPort', { node, port: reason.port });
  const code =
    (['branch', 'bypass', 'source_failed', 'not_wanted'] satisfies SkipReason['code'][]).find((known) => known === reason.code) ?? 'branch';
  return i18next.t(`run:skipReason.${code}`, { node });
}
