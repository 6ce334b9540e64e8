import type { FanInRule, FlowEdge, FlowNode, Problem } from '@patchbay/flow';
import { fanInRules } from '@patchbay/flow';
import { describeProblem, type InputPort } from '@patchbay/node-kit';
import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PortGlyph } from '../canvas/port-glyph.tsx';
import { literalId } from '../chips/chip-menu.tsx';
import { chipView } from '../chips/chip-views.ts';
import { useLocale } from '../i18n/index.ts';
import { commands } from '../store/commands.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { endNode, joinEnd, nodeOf } from '../store/edits/ends.ts';
import { fanInOf, portsKept } from '../store/edits/ports.ts';
import { edgeIndex, noEdges, problemsOf } from '../store/indexes.ts';
import { labelText } from '../store/titles.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';
import { endTitle } from './end-title.ts';
import { Notice, weightOf } from './form/field-frame.tsx';
import { ValueEditor } from './value-editor.tsx';

/** What comes into a step: from where each wired input has its value, and values written down for the others. */
export function InputPorts({ id, node }: { id: string; node: FlowNode }) {
  const { t } = useTranslation('inspector');
  const { catalogue } = useEditorStore();
  const ports = portsKept(catalogue, node)?.inputs ?? [];
  if (ports.length === 0) return null;
  return (
    <section aria-labelledby={`inputs-of-${id}`} className="flex min-w-0 flex-col gap-3">
      <h3 id={`inputs-of-${id}`} className="text-body font-semibold">
        {t('inputs.title')}
      </h3>
      {ports.map((port) => (
        <PortRow key={port.id} id={id} node={node} port={port} />
      ))}
    </section>
  );
}

function PortRow({ id, node, port }: { id: string; node: FlowNode; port: InputPort }) {
  const wires = useEditor((state) => edgeIndex(state.flow.edges).into.get(joinEnd(id, port.id)) ?? noEdges);
  return wires.length > 0 ? <WiredPort id={id} node={node} port={port} wires={wires} /> : <FreePort id={id} node={node} port={port} />;
}

/** A port's name; of a chip's port, what the chip is called. */
function usePortName(id: string, port: InputPort): string {
  const locale = useLocale();
  const { catalogue } = useEditorStore();
  const flow = useEditor((state) => state.flow);
  if (port.chip !== true) return labelText(port.title, locale);
  return chipView(flow, catalogue, locale, id, port.id).state === 'wired' ? `{{${port.id}}}` : port.id;
}

function useNotices(id: string, port: string) {
  const locale = useLocale();
  const problems = useEditor((state) => problemsOf(state.problems, id)).filter((problem) => problem.port === port);
  return problems.map((problem) => <Notice key={problem.code} sentence={describeProblem(problem, locale)} severity={weightOf(problem)} />);
}

function WiredPort({ id, node, port, wires }: { id: string; node: FlowNode; port: InputPort; wires: readonly FlowEdge[] }) {
  const { t } = useTranslation('inspector');
  const store = useEditorStore();
  const name = usePortName(id, port);
  const rule = fanInOf(node, port);
  const notices = useNotices(id, port.id);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <PortLabel port={port} name={name} />
      <ul className="flex min-w-0 flex-col rounded-field border">
        {wires.map((wire) => (
          <WireRow key={wire.from} wire={wire} />
        ))}
      </ul>
      {(wires.length > 1 || rule !== undefined) && (
        <Select<FanInRule>
          label={t('inputs.several', { name })}
          value={rule ?? 'first'}
          onChange={(next) =>
            store.command({ key: 'inspector:commands.fanIn' }, (draft) => {
              const place = nodeOf(draft, id);
              if (place !== undefined) place.fanIn = { ...place.fanIn, [port.id]: next };
            })
          }
          options={fanInRules.map((value) => ({ value, label: t(`inputs.rule.${value}`) }))}
        />
      )}
      {notices}
    </div>
  );
}

function WireRow({ wire }: { wire: FlowEdge }) {
  const { t } = useTranslation('inspector');
  const store = useEditorStore();
  const locale = useLocale();
  const flow = useEditor((state) => state.flow);
  const title = endTitle(flow, store.catalogue, locale, wire.from);
  return (
    <li className="flex min-w-0 items-center gap-2 border-b pl-3 last:border-0">
      <button
        type="button"
        className="flex h-9 min-w-0 flex-1 items-center gap-2 text-left text-body hover:text-accent"
        title={t('wire.show')}
        onClick={() => store.select({ nodes: [endNode(wire.from)] })}
      >
        <PortGlyph type={title.type} />
        <span className="truncate">{title.text}</span>
      </button>
      <IconButton
        label={t('wire.disconnectNamed', { name: title.text })}
        icon={<Unplug />}
        onClick={() => commands.disconnect(store, [wire])}
      />
    </li>
  );
}

function PortLabel({ port, name }: { port: InputPort; name: string }) {
  const { t } = useTranslation('inspector');
  return (
    <p className="flex items-baseline gap-2 text-body">
      <span className="font-medium">{name}</span>
      {!port.required && <span className="text-meta text-ink3">{t('optional')}</span>}
    </p>
  );
}

/** A port without a wire takes a literal; what it is when nothing is given stands beside it. */
function FreePort({ id, node, port }: { id: string; node: FlowNode; port: InputPort }) {
  const { t } = useTranslation('inspector');
  const store = useEditorStore();
  const name = usePortName(id, port);
  const problems = useEditor((state) => problemsOf(state.problems, id)).filter((problem) => problem.port === port.id);
  const value = node.values !== undefined && Object.hasOwn(node.values, port.id) ? node.values[port.id] : undefined;
  return (
    <div id={literalId(id, port.id)} className="min-w-0">
      <ValueEditor
        label={name}
        help={
          value === undefined && problems.length === 0 && port.chip !== true
            ? t(port.required ? 'inputs.wireOrWrite' : 'inputs.mayBeEmpty')
            : undefined
        }
        type={port.type}
        folded
        options={[]}
        value={value}
        problems={port.chip === true ? saidAtField(problems) : problems}
        onChange={(next) => commands.setValue(store, id, port.id, next)}
      />
    </div>
  );
}

/** What the text with the chip says already is not said again at the port. */
const saidAtField = (problems: readonly Problem[]) => problems.filter((problem) => problem.code !== 'chip_not_connected');
