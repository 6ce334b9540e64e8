import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Copyable } from '../ui/copyable.tsx';
import type { FlowKey } from './flow-key.ts';

/** What stands for the key in the code until there is one to show. */
export const keyPlaceholder = 'YOUR_KEY';

/** The key where this tab knows it; else where it is, and the way to another. */
export function KeySection({ flowKey, onMake }: { flowKey: FlowKey; onMake: () => Promise<void> }) {
  const { t } = useTranslation('publish');
  const [busy, setBusy] = useState(false);
  if (flowKey.kind === 'known') {
    return (
      <Copyable label={t('key')} text={flowKey.key.key} help={t('keyOnce')} icon={<KeyRound className="size-4 text-ink3" aria-hidden />} />
    );
  }
  const make = async () => {
    setBusy(true);
    await onMake();
    setBusy(false);
  };
  return (
    <section aria-label={t('key')} className="flex flex-col items-start gap-2">
      <h3 className="flex items-center gap-1 text-body font-medium">
        <KeyRound className="size-4 text-ink3" aria-hidden />
        {t('key')}
      </h3>
      {flowKey.kind === 'failed' ? (
        <p role="alert" className="text-bad">
          {t('keyFailed')}
        </p>
      ) : (
        <p className="text-body text-ink2">
          {t('keyElsewhere', { name: flowKey.key.name, hint: flowKey.key.hint, placeholder: keyPlaceholder })}
        </p>
      )}
      <Button size="small" busy={busy} onClick={() => void make()}>
        {t('keyMake')}
      </Button>
    </section>
  );
}
