import '../i18n/words/inspector.ts';
import type { FlowNode } from '@patchbay/flow';
import { describeProblem } from '@patchbay/node-kit';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { nodeOf } from '../store/edits/ends.ts';
import { problemsOf } from '../store/indexes.ts';
import { TextArea } from '../ui/field.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { JsonView } from '../ui/value-view.tsx';
import { FailureRule } from './failure-rule.tsx';
import { FieldFrame, Notice, weightOf } from './form/field-frame.tsx';
import { SettingsForm } from './form/settings-form.tsx';
import { InputPorts } from './input-ports.tsx';
import { InputValues, OutputValues } from './port-values.tsx';
import { StepHeader } from './step-header.tsx';

type View = 'settings' | 'input' | 'output' | 'notes';

/** Everything about one step. */
export function StepInspector({ id, node }: { id: string; node: FlowNode }) {
  const { t } = useTranslation('inspector');
  const { catalogue } = useEditorStore();
  const definition = catalogue.get(node.type);
  const [view, setView] = useState<View>('settings');
  const runs = definition?.role !== 'annotation';
  const pad = (content: React.ReactNode) => <div className="px-4 pt-4 pb-8">{content}</div>;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <StepHeader id={id} node={node} definition={definition} />
      <Tabs<View>
        label={t('tabs.label')}
        value={view}
        onChange={setView}
        className="flex-1"
        items={[
          { id: 'settings', label: t('tabs.settings'), content: pad(<Settings id={id} node={node} />) },
          ...(runs
            ? [
                { id: 'input' as const, label: t('tabs.input'), content: pad(<InputValues id={id} node={node} />) },
                { id: 'output' as const, label: t('tabs.output'), content: pad(<OutputValues id={id} node={node} />) },
              ]
            : []),
          { id: 'notes', label: t('tabs.notes'), content: pad(<Notes id={id} node={node} />) },
        ]}
      />
    </div>
  );
}

function Settings({ id, node }: { id: string; node: FlowNode }) {
  const { t } = useTranslation('inspector');
  const { catalogue } = useEditorStore();
  const definition = catalogue.get(node.type);
  if (definition === undefined) {
    return (
      <div className="flex flex-col gap-3">
        <p className="text-body text-ink2">{t('step.unknown', { type: node.type })}</p>
        <JsonView value={node.config} />
      </div>
    );
  }
  const { role } = definition;
  const mayFail = role === undefined || role === 'container';
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <GeneralProblems id={id} />
      <SettingsForm id={id} node={node} definition={definition} />
      <InputPorts id={id} node={node} />
      {mayFail && <FailureRule id={id} node={node} />}
    </div>
  );
}

/** What is wrong with the step and is shown at no field of it. */
function GeneralProblems({ id }: { id: string }) {
  const locale = useLocale();
  const { catalogue } = useEditorStore();
  const known = useEditor((state) => catalogue.get(nodeOf(state.flow, id)?.type ?? ''))?.config;
  const all = useEditor((state) => problemsOf(state.problems, id));
  const config = `/nodes/${id}/config/`;
  const shown = all.filter(({ pointer, port, code }) => {
    if (pointer.includes('/onError')) return false;
    if (pointer.startsWith(config)) return code === 'unknown_field' || known === undefined;
    return port === undefined || code === 'duplicate_port' || code === 'value_of_no_port' || code === 'fan_in_of_no_port';
  });
  if (shown.length === 0) return null;
  return (
    <div role="status" className="flex flex-col gap-1 rounded-field border bg-canvas px-3 py-2">
      {shown.map((problem) => (
        <Notice
          key={`${problem.code}${problem.pointer}${problem.port ?? ''}`}
          sentence={describeProblem(problem, locale)}
          severity={weightOf(problem)}
        />
      ))}
    </div>
  );
}

/** Words for whoever reads the flow; they have no meaning for a run. */
function Notes({ id, node }: { id: string; node: FlowNode }) {
  const { t } = useTranslation('inspector');
  const locale = useLocale();
  const store = useEditorStore();
  return (
    <FieldFrame label={t('notes.label')} help={t('notes.help')} locale={locale}>
      <TextArea
        rows={8}
        maxLength={10_000}
        value={node.note ?? ''}
        placeholder={t('notes.placeholder')}
        onBlur={store.seal}
        onChange={({ target }) =>
          store.command(
            { key: 'inspector:commands.note' },
            (draft) => {
              const place = nodeOf(draft, id);
              if (place === undefined) return;
              if (target.value === '') delete place.note;
              else place.note = target.value;
            },
            { coalesce: `note:${id}` },
          )
        }
      />
    </FieldFrame>
  );
}
