import type { FlowNode, Json } from '@patchbay/flow';
import { type ColumnTitles, columnTitles, type Label, type PortType, typeWords } from '@patchbay/node-kit';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PortGlyph } from '../canvas/port-glyph.tsx';
import { lastValue } from '../chips/chip-sources.ts';
import { useLocale } from '../i18n/index.ts';
import { OriginLine } from '../run/origin-line.tsx';
import { PartButtons } from '../run/part-buttons.tsx';
import { StatusMark } from '../run/status-mark.tsx';
import { skipSentence, stepNames } from '../run/step-names.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { endNode, endPort, joinEnd } from '../store/edits/ends.ts';
import { portsKept } from '../store/edits/ports.ts';
import { edgeIndex, noEdges } from '../store/indexes.ts';
import { labelText } from '../store/titles.ts';
import { stepOf } from '../store/turns.ts';
import type { StepState } from '../store/types.ts';
import { formatDuration } from '../ui/format.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { ValueView } from '../ui/value-view.tsx';
import { endTitle } from './end-title.ts';
import { Notice } from './form/field-frame.tsx';

const PinPanel = lazyPart(async () => (await import('./pin-panel.tsx')).PinPanel);

/** What came into the step in the last run, port by port. */
export function InputValues({ id, node }: { id: string; node: FlowNode }) {
  const { t } = useTranslation('inspector');
  const { catalogue } = useEditorStore();
  const locale = useLocale();
  const flow = useEditor((state) => state.flow);
  const run = useEditor((state) => state.run);
  const ports = portsKept(catalogue, node)?.inputs ?? [];
  if (ports.length === 0) return <Nothing text={t('values.noInputs')} />;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {ports.map((port) => {
        const wires = edgeIndex(flow.edges).into.get(joinEnd(id, port.id)) ?? noEdges;
        const literal = node.values !== undefined && Object.hasOwn(node.values, port.id) ? node.values[port.id] : undefined;
        return (
          <Port key={port.id} title={port.title} type={port.type}>
            {wires.length === 0 && <Value value={literal} missing={t('values.noWire')} />}
            {wires.map((wire) => (
              <div key={wire.from} className="min-w-0">
                <p className="truncate text-port text-ink3">
                  {t('values.from', { source: endTitle(flow, catalogue, locale, wire.from).text })}
                </p>
                <Value value={lastValue({ flow, run, catalogue }, endNode(wire.from), endPort(wire.from))} missing={t('values.notRun')} />
              </div>
            ))}
          </Port>
        );
      })}
    </div>
  );
}

/** What the step gave in the last run: as it streams, when it is done, or why there is nothing. */
export function OutputValues({ id, node }: { id: string; node: FlowNode }) {
  const { t } = useTranslation('inspector');
  const { catalogue } = useEditorStore();
  const locale = useLocale();
  const step = useEditor((state) => stepOf(state, id));
  const ports = portsKept(catalogue, node)?.outputs ?? [];
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <PartButtons id={id} />
      <StepSays step={step} />
      <PinPanel key={id} id={id} />
      {ports.length === 0 && <Nothing text={t('values.noOutputs')} />}
      {ports.map((port) => (
        <Port key={port.id} title={port.title} type={port.type}>
          <Value value={shownValue(step, port.id)} missing={missingText(step, t)} columns={columnTitles(port, locale)} />
        </Port>
      ))}
    </div>
  );
}

function shownValue(step: StepState | undefined, port: string): Json | undefined {
  if (step?.outputs !== undefined && Object.hasOwn(step.outputs, port)) return step.outputs[port];
  return step !== undefined && Object.hasOwn(step.text, port) ? step.text[port] : undefined;
}

/** Not run yet, still at work, and a way not taken are three different things. */
function missingText(step: StepState | undefined, t: (key: 'values.notRun' | 'values.pending' | 'values.closed') => string): string {
  if (step === undefined) return t('values.notRun');
  return ['queued', 'running', 'streaming'].includes(step.status) ? t('values.pending') : t('values.closed');
}

function StepSays({ step }: { step: StepState | undefined }) {
  const locale = useLocale();
  const { catalogue } = useEditorStore();
  const flow = useEditor((state) => state.flow);
  if (step === undefined) return null;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="flex items-center gap-3 text-port">
        <StatusMark status={step.status} />
        {step.durationMs !== undefined && <span className="figures text-ink3">{formatDuration(step.durationMs, locale)}</span>}
        {step.model !== undefined && <span className="truncate text-ink3">{step.model}</span>}
      </p>
      {step.origin !== undefined && <OriginLine origin={step.origin} linked />}
      {step.reason !== undefined && <p className="text-body text-ink2">{skipSentence(step.reason, stepNames(flow, catalogue, locale))}</p>}
      {step.error?.message !== undefined && <Notice sentence={step.error.message} severity="error" />}
    </div>
  );
}

function Port({ title, type, children }: { title: Label; type: PortType; children: ReactNode }) {
  const locale = useLocale();
  return (
    <section className="flex min-w-0 flex-col gap-1">
      <h3 className="flex items-center gap-2 text-body font-medium">
        <PortGlyph type={type} />
        <span className="truncate">{labelText(title, locale)}</span>
        <span className="text-meta font-normal text-ink3">{typeWords(type)[locale]}</span>
      </h3>
      {children}
    </section>
  );
}

interface ValueProps {
  value: Json | undefined;
  missing: string;
  columns?: ColumnTitles;
}

function Value({ value, missing, columns }: ValueProps) {
  if (value === undefined) return <p className="text-body text-ink3">{missing}</p>;
  return (
    <div className="scroll max-h-80 min-w-0 rounded-field border bg-canvas px-3 py-2 text-body">
      <ValueView value={value} columns={columns} />
    </div>
  );
}

const Nothing = ({ text }: { text: string }) => <p className="text-body text-ink3">{text}</p>;
