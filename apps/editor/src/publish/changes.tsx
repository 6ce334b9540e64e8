import { diffFlows, type FlowDiff, type FlowDocument } from '@patchbay/flow';
import type { VersionDetail } from '@patchbay/services/resources';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldWords } from '../app/use-field-words.ts';
import { useLocale } from '../i18n/index.ts';
import { stepNames } from '../run/step-names.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';

/** What leads from the live version to the draft; undefined while the live one is not known. */
export function useChanges(live: VersionDetail | undefined): FlowDiff | undefined {
  const flow = useEditor((state) => state.flow);
  return useMemo(() => (live === undefined ? undefined : diffFlows(live.flow, flow)), [live, flow]);
}

/** What callers will notice, in words; says so where it is nothing. */
export function ChangeList({ live, diff }: { live: VersionDetail; diff: FlowDiff }) {
  const { t } = useTranslation('publish');
  const flow = useEditor((state) => state.flow);
  const lines = useLines(live.flow, flow, diff);
  const { version } = live;
  if (diff.same) return <p className="text-body text-ink2">{t('unchanged', { version })}</p>;
  return (
    <section aria-label={t('changes', { version })} className="flex flex-col gap-1">
      <h3 className="text-port font-medium text-ink3">{t('changes', { version })}</h3>
      {!diff.semantic && <p className="text-body text-ink2">{t('unchangedLogic', { version })}</p>}
      {lines.length > 0 && (
        <ul className="scroll max-h-40 rounded-field border">
          {lines.map((line) => (
            <li key={line} className="border-b px-3 py-1.5 text-body last:border-0">
              {line}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function useLines(before: FlowDocument, after: FlowDocument, { nodes, edges, document }: FlowDiff): string[] {
  const { t } = useTranslation('publish');
  const locale = useLocale();
  const { catalogue } = useEditorStore();
  const words = useFieldWords();
  const [was, is] = [stepNames(before, catalogue, locale), stepNames(after, catalogue, locale)];
  const list = new Intl.ListFormat(locale, { type: 'unit' });
  const fieldsOf = (fields: { pointer: string }[]) =>
    list.format(new Set(fields.map(({ pointer }) => words.title(after, pointer, 'short'))));
  return [
    ...nodes.added.map((id) => t('change.added', { step: is(id) })),
    ...nodes.removed.map((id) => t('change.removed', { step: was(id) })),
    ...nodes.changed.map(({ id, fields }) => t('change.changed', { step: is(id), fields: fieldsOf(fields) })),
    ...(edges.added.length > 0 ? [t('change.wiresAdded', { count: edges.added.length })] : []),
    ...(edges.removed.length > 0 ? [t('change.wiresRemoved', { count: edges.removed.length })] : []),
    ...(edges.reordered ? [t('change.reordered')] : []),
    ...(document.length > 0 ? [t('change.document', { fields: fieldsOf(document) })] : []),
  ];
}
