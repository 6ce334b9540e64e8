import { Menu as Base } from '@base-ui/react/menu';
import { Check, CircleDashed, CornerDownRight, FormInput, LocateFixed, PencilLine, Unplug, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { commands } from '../store/commands.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { judgeConnection } from '../store/edits/connect.ts';
import { endNode, joinEnd } from '../store/edits/ends.ts';
import { edgeIndex, noEdges } from '../store/indexes.ts';
import { Button } from '../ui/button.tsx';
import { MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { isOptional, setOptional } from './chip-commands.ts';
import { chipSources, type SourceGroup } from './chip-sources.ts';
import { shortText } from './short-text.ts';

interface ChipAt {
  node: string;
  port: string;
}

/** The button beside a chip without a value. */
export function FixMenu({ node, port }: ChipAt) {
  const { t } = useTranslation('inspector');
  return (
    <Base.Root>
      <Base.Trigger render={<Button size="small" icon={<Wrench />} aria-label={t('chip.fixNamed', { name: port })} />}>
        {t('chip.fix')}
      </Base.Trigger>
      <Popup label={t('chip.fixNamed', { name: port })}>
        <ChipItems node={node} port={port} />
      </Popup>
    </Base.Root>
  );
}

/** The menu of a chip in the text, beside it. */
export function FloatingChipMenu({ node, port, box, onClose }: ChipAt & { box: DOMRect; onClose: () => void }) {
  const { t } = useTranslation('inspector');
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()} modal={false}>
      <Popup label={t('chip.menu', { name: port })} anchor={{ getBoundingClientRect: () => box }}>
        <ChipItems node={node} port={port} />
      </Popup>
    </Base.Root>
  );
}

function Popup({ label, anchor, children }: { label: string; anchor?: { getBoundingClientRect: () => DOMRect }; children: ReactNode }) {
  return (
    <Base.Portal>
      <Base.Positioner side="bottom" align="start" sideOffset={4} className="z-50" {...(anchor === undefined ? {} : { anchor })}>
        <Base.Popup
          aria-label={label}
          className="floating scroll max-h-[min(var(--available-height),360px)] max-w-80 min-w-56 p-1 text-body outline-none"
        >
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

/** What can be done about a chip: take a value from a step, ask the caller for it, write it down, let it go. */
function ChipItems({ node, port }: ChipAt) {
  const { t } = useTranslation('inspector');
  const store = useEditorStore();
  const end = joinEnd(node, port);
  const wires = useEditor((state) => edgeIndex(state.flow.edges).into.get(end) ?? noEdges);
  const [wire] = wires;
  const optional = useEditor((state) => isOptional(state.flow, store, node, port));
  return (
    <>
      <SourceItems node={node} port={port} />
      <MenuItem icon={<FormInput />} onClick={() => commands.promoteToInput(store, node, port)} disabled={wire !== undefined}>
        {t('chip.promote')}
      </MenuItem>
      <MenuItem
        icon={<PencilLine />}
        onClick={() => writeLiteral(node, port, () => commands.setValue(store, node, port, ''))}
        disabled={wire !== undefined}
      >
        {t('chip.write')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={optional ? <Check /> : <CircleDashed />} onClick={() => setOptional(store, node, port, !optional)}>
        {t(optional ? 'chip.required' : 'chip.optional')}
      </MenuItem>
      {wire !== undefined && (
        <>
          <MenuItem icon={<LocateFixed />} onClick={() => store.select({ nodes: [endNode(wire.from)] })}>
            {t('wire.show')}
          </MenuItem>
          <MenuItem icon={<Unplug />} onClick={() => commands.disconnect(store, wires)}>
            {t('wire.disconnect')}
          </MenuItem>
        </>
      )}
    </>
  );
}

/** A value written down by hand stands among the inputs of the step: it is made there, and the caret put into it. */
function writeLiteral(node: string, port: string, make: () => void): void {
  make();
  setTimeout(() => document.getElementById(literalId(node, port))?.querySelector<HTMLElement>('textarea, input, button')?.focus(), 60);
}

/** The element that holds the literal of a port. */
export const literalId = (node: string, port: string): string => `value-of-${node}-${port}`;

const groups: SourceGroup[] = ['before', 'inputs', 'other'];

function SourceItems({ node, port }: ChipAt) {
  const { t } = useTranslation('inspector');
  const store = useEditorStore();
  const locale = useLocale();
  const flow = useEditor((state) => state.flow);
  const run = useEditor((state) => state.run);
  const to = joinEnd(node, port);
  const all = chipSources({ flow, run, catalogue: store.catalogue, locale }, node).filter(({ path, end }) => {
    if (path.length > 0) return false;
    const verdict = judgeConnection(flow, store.catalogue, end, to);
    return verdict.kind === 'fine' || verdict.kind === 'taken';
  });
  return groups.map((group) => {
    const sources = all.filter((source) => source.group === group);
    if (sources.length === 0) return null;
    return (
      <Base.Group key={group}>
        <Base.GroupLabel className="px-2 pt-2 pb-1 text-meta text-ink3">{t(`chip.group.${group}`)}</Base.GroupLabel>
        {sources.map((source) => (
          <MenuItem key={source.end} icon={<CornerDownRight />} onClick={() => commands.connect(store, source.end, to, 'replace')}>
            <span className="block truncate">{source.label}</span>
            {source.value !== undefined && <span className="block truncate text-meta text-ink3">{shortText(source.value, 40)}</span>}
          </MenuItem>
        ))}
      </Base.Group>
    );
  });
}
