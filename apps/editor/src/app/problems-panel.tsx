import { describeProblem } from '@patchbay/node-kit';
import { CheckCheck, CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { stepNames } from '../run/step-names.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** Everything the check has against the draft; each line leads to its step. */
export function ProblemsPanel({ onShow }: { onShow: (node: string) => void }) {
  const { t } = useTranslation('app');
  const locale = useLocale();
  const store = useEditorStore();
  const problems = useEditor((state) => state.problems);
  const flow = useEditor((state) => state.flow);
  if (problems.length === 0) return <EmptyState icon={<CheckCheck />} title={t('editor.noProblems')} />;
  const name = stepNames(flow, store.catalogue, locale);
  return (
    <ul className="py-1" aria-label={t('editor.problems', { count: problems.length })}>
      {problems.map((problem) => (
        <li key={`${problem.pointer} ${problem.code}`}>
          <button
            type="button"
            disabled={problem.node === undefined}
            onClick={() => problem.node !== undefined && onShow(problem.node)}
            className="flex w-full items-start gap-2 px-4 py-1.5 text-left enabled:hover:bg-canvas focus-visible:-outline-offset-2"
          >
            {problem.severity === 'error' ? (
              <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
            ) : (
              <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
            )}
            <span className="flex-1 text-pretty">{describeProblem(problem, locale)}</span>
            {problem.node !== undefined && <span className="text-port text-ink3">{name(problem.node)}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
