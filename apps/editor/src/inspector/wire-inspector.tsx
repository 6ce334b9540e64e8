import '../i18n/words/inspector.ts';
import type { FlowEdge } from '@patchbay/flow';
import { conversion, conversionWords, typeWords } from '@patchbay/node-kit';
import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PortGlyph } from '../canvas/port-glyph.tsx';
import { lastValue } from '../chips/chip-sources.ts';
import { useLocale } from '../i18n/index.ts';
import { commands } from '../store/commands.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { endNode, endPort } from '../store/edits/ends.ts';
import { inputAt } from '../store/edits/ports.ts';
import { Button } from '../ui/button.tsx';
import { ValueView } from '../ui/value-view.tsx';
import { endTitle } from './end-title.ts';

/** One wire: from where to where, what is done to its value, and what it carried last. */
export function WireInspector({ wire }: { wire: FlowEdge }) {
  const { t } = useTranslation('inspector');
  const store = useEditorStore();
  const locale = useLocale();
  const flow = useEditor((state) => state.flow);
  const run = useEditor((state) => state.run);
  const from = endTitle(flow, store.catalogue, locale, wire.from);
  const to = endTitle(flow, store.catalogue, locale, wire.to);
  const rule = conversion(from.type, inputAt(flow, store.catalogue, wire.to)?.type ?? 'any');
  const value = lastValue({ flow, run, catalogue: store.catalogue }, endNode(wire.from), endPort(wire.from));
  return (
    <div className="scroll flex min-h-0 flex-1 flex-col gap-4 px-4 pt-4 pb-8">
      <h2 className="text-title font-semibold">{t('wire.title')}</h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-body">
        <dt className="text-ink3">{t('wire.from')}</dt>
        <dd>
          <StepLink text={from.text} onClick={() => store.select({ nodes: [endNode(wire.from)] })} />
        </dd>
        <dt className="text-ink3">{t('wire.to')}</dt>
        <dd>
          <StepLink text={to.text} onClick={() => store.select({ nodes: [endNode(wire.to)] })} />
        </dd>
        <dt className="text-ink3">{t('wire.carries')}</dt>
        <dd className="flex items-center gap-2">
          <PortGlyph type={from.type} />
          {typeWords(from.type)[locale]}
          {rule !== null && rule !== 'same' && <span className="text-ink3">{conversionWords[rule][locale]}</span>}
        </dd>
      </dl>
      <section className="flex flex-col gap-1">
        <h3 className="text-body font-medium">{t('wire.lastValue')}</h3>
        {value === undefined ? (
          <p className="text-body text-ink3">{t('values.notRun')}</p>
        ) : (
          <div className="scroll max-h-80 rounded-field border bg-canvas px-3 py-2 text-body">
            <ValueView value={value} />
          </div>
        )}
      </section>
      <Button icon={<Unplug />} className="self-start" onClick={() => commands.disconnect(store, [wire])}>
        {t('wire.disconnect')}
      </Button>
    </div>
  );
}

function StepLink({ text, onClick }: { text: string; onClick: () => void }) {
  return (
    <button type="button" className="text-left text-accent underline-offset-2 hover:underline" onClick={onClick}>
      {text}
    </button>
  );
}
