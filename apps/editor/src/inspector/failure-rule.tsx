import type { FlowNode, Json, OnError } from '@patchbay/flow';
import { describeProblem, type OutputPort } from '@patchbay/node-kit';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { nodeOf } from '../store/edits/ends.ts';
import { portsKept } from '../store/edits/ports.ts';
import { problemsOf } from '../store/indexes.ts';
import { labelText } from '../store/titles.ts';
import { TextInput } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { FieldFrame, Notice } from './form/field-frame.tsx';
import { ModelSelect } from './form/model-field.tsx';
import { useDraft } from './form/use-draft.ts';
import { ValueEditor } from './value-editor.tsx';

type Rule = OnError['rule'];
const defaultTries = 3;
const defaultPauseSeconds = 1;

/** What happens when the step fails. */
export function FailureRule({ id, node }: { id: string; node: FlowNode }) {
  const { t } = useTranslation('inspector');
  const locale = useLocale();
  const store = useEditorStore();
  const problems = useEditor((state) => problemsOf(state.problems, id)).filter((problem) => problem.pointer.includes('/onError'));
  const onError: OnError = node.onError ?? { rule: 'stop' };
  const hasModel = Object.hasOwn(portsKept(store.catalogue, node)?.config ?? {}, 'model');
  const rules: Rule[] = ['stop', 'retry', 'fallback-value', ...(hasModel ? (['fallback-model'] as const) : []), 'error-output'];
  const set = (change: Partial<OnError>, coalesce?: string) =>
    store.command(
      { key: 'inspector:commands.failure' },
      (draft) => {
        const place = nodeOf(draft, id);
        if (place !== undefined) writeRule(place, { ...onError, ...change });
      },
      coalesce === undefined ? {} : { coalesce: `onError:${id}:${coalesce}` },
    );
  return (
    <section aria-labelledby={`failure-of-${id}`} className="flex min-w-0 flex-col gap-3">
      <h3 id={`failure-of-${id}`} className="text-body font-semibold">
        {t('failure.title')}
      </h3>
      <Select<Rule>
        label={t('failure.title')}
        value={rules.includes(onError.rule) ? onError.rule : 'stop'}
        onChange={(rule) => set({ rule })}
        options={rules.map((rule) => ({ value: rule, label: t(`failure.rule.${rule}`) }))}
      />
      <p className="text-port text-ink3 text-pretty">{t(`failure.help.${onError.rule}`)}</p>
      {onError.rule === 'retry' && <Tries onError={onError} set={set} />}
      {onError.rule === 'fallback-model' && (
        <FieldFrame label={t('failure.model')} locale={locale} custom>
          {(ids) => <ModelSelect ids={ids} value={onError.model ?? ''} onChange={(model) => set({ model })} />}
        </FieldFrame>
      )}
      {onError.rule === 'fallback-value' && <FallbackValues node={node} onError={onError} set={set} />}
      {problems.map((problem) => (
        <Notice key={problem.pointer} sentence={describeProblem(problem, locale)} severity={problem.severity} />
      ))}
    </section>
  );
}

/** Only what the rule uses is kept, and how long a try may take; `stop` is what an absent rule means. */
function writeRule(node: FlowNode, { rule, tries, backoffMs, timeoutMs, values, model }: OnError): void {
  if (rule === 'stop' && tries === undefined && timeoutMs === undefined) {
    delete node.onError;
    return;
  }
  node.onError = {
    rule,
    ...(tries !== undefined && rule === 'retry' ? { tries } : {}),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(backoffMs !== undefined && rule === 'retry' ? { backoffMs } : {}),
    ...(values !== undefined && rule === 'fallback-value' ? { values } : {}),
    ...(model !== undefined && rule === 'fallback-model' ? { model } : {}),
  };
  if (rule === 'stop' && timeoutMs === undefined) delete node.onError;
}

type Set = (change: Partial<OnError>, coalesce?: string) => void;

function Tries({ onError, set }: { onError: OnError; set: Set }) {
  const { t } = useTranslation('inspector');
  return (
    <div className="grid grid-cols-2 gap-3">
      <Figure
        label={t('failure.tries')}
        value={onError.tries}
        start={defaultTries}
        least={1}
        most={10}
        whole
        onChange={(tries) => set({ tries }, 'tries')}
      />
      <Figure
        label={t('failure.pause')}
        value={onError.backoffMs === undefined ? undefined : onError.backoffMs / 1_000}
        start={defaultPauseSeconds}
        least={0}
        most={60}
        onChange={(seconds) => set({ backoffMs: seconds === undefined ? undefined : Math.round(seconds * 1_000) }, 'pause')}
      />
    </div>
  );
}

interface FigureProps {
  label: string;
  value: number | undefined;
  /** What holds while nothing is written. */
  start: number;
  least: number;
  most: number;
  whole?: boolean;
  onChange: (value: number | undefined) => void;
}

function Figure({ label, value, start, least, most, whole = false, onChange }: FigureProps) {
  const { t } = useTranslation('inspector');
  const locale = useLocale();
  const [draft, setDraft] = useDraft(value, (held) => (held === undefined ? '' : String(held)));
  const read = (text: string): number | undefined | null => {
    if (text.trim() === '') return undefined;
    const number = Number(text);
    return Number.isFinite(number) && number >= least && number <= most && (!whole || Number.isInteger(number)) ? number : null;
  };
  return (
    <FieldFrame label={label} locale={locale} fault={read(draft) === null ? t('field.between', { least, most }) : undefined}>
      <TextInput
        inputMode="decimal"
        className="figures"
        value={draft}
        placeholder={String(start)}
        onValueChange={(text) => {
          const next = read(text);
          setDraft(text, next === null ? value : next);
          if (next !== null) onChange(next);
        }}
      />
    </FieldFrame>
  );
}

function FallbackValues({ node, onError, set }: { node: FlowNode; onError: OnError; set: Set }) {
  const locale = useLocale();
  const { catalogue } = useEditorStore();
  const outputs: readonly OutputPort[] = portsKept(catalogue, node)?.outputs ?? [];
  const values = onError.values ?? {};
  const change = (port: string, value: Json | undefined) => {
    const rest = Object.fromEntries(Object.entries(values).filter(([key]) => key !== port));
    set({ values: value === undefined ? rest : { ...rest, [port]: value } }, `values/${port}`);
  };
  return outputs.map((port) => (
    <ValueEditor
      key={port.id}
      label={labelText(port.title, locale)}
      type={port.type}
      folded
      options={[]}
      value={Object.hasOwn(values, port.id) ? values[port.id] : undefined}
      onChange={(value) => change(port.id, value)}
    />
  ));
}
