import '../i18n/words/inspector.ts';
import { Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/index.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { mayPin, pinnablePorts, setPinValue, togglePin } from '../store/pin-commands.ts';
import { pinOf } from '../store/pins.ts';
import { labelText } from '../store/titles.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { formatAgo } from '../ui/format.ts';
import { ValueEditor } from './value-editor.tsx';

/** Pins what a step gave, shows what is pinned, and lets it be changed. */
export function PinPanel({ id }: { id: string }) {
  const { t } = useTranslation('reuse');
  const locale = useLocale();
  const store = useEditorStore();
  const pin = useEditor((state) => pinOf(state, id));
  const [writing, setWriting] = useState(false);
  const [empty, setEmpty] = useState(false);
  if (!mayPin(store, id)) return null;
  const toggle = () => setEmpty(togglePin(store, id) === 'nothing');
  if (pin === undefined && !writing) {
    return (
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap gap-2">
          <Button size="small" icon={<Pin />} title={t('pinHelp')} onClick={toggle}>
            {t('pin')}
          </Button>
          {empty && (
            <Button size="small" onClick={() => setWriting(true)}>
              {t('pinWrite')}
            </Button>
          )}
        </div>
        {empty && (
          <p role="status" className="text-port text-ink3">
            {t('pinNothing')}
          </p>
        )}
      </div>
    );
  }
  return (
    <section aria-label={t('pinEdit')} className="flex min-w-0 flex-col gap-3 rounded-field border border-accent/40 bg-canvas p-3">
      <div className="flex flex-wrap items-center gap-2">
        <Badge look="accent" title={t('pinHelp')}>
          <Pin aria-hidden /> {t('pinned')}
        </Badge>
        {pin !== undefined && <span className="text-port text-ink3">{t('pinnedAt', { ago: formatAgo(pin.at, locale) })}</span>}
        <span className="flex-1" />
        <Button
          size="small"
          icon={<PinOff />}
          onClick={() => {
            setWriting(false);
            setEmpty(false);
            if (pin !== undefined) togglePin(store, id);
          }}
        >
          {t('unpin')}
        </Button>
      </div>
      <p className="text-port text-ink3">{t('pinEditHelp')}</p>
      {pinnablePorts(store, id).map((port) => (
        <ValueEditor
          key={port.id}
          label={labelText(port.title, locale)}
          type={port.type}
          options={[]}
          value={pin !== undefined && Object.hasOwn(pin.outputs, port.id) ? pin.outputs[port.id] : undefined}
          folded
          onChange={(value) => setPinValue(store, id, port.id, value)}
        />
      ))}
    </section>
  );
}
