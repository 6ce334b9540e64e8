import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readPreference, writePreference } from '../app/preferences.ts';
import { useEditor } from '../store/context.tsx';
import type { RunState } from '../store/types.ts';
import { IconButton } from '../ui/icon-button.tsx';

export interface YoursBarProps {
  run: RunState;
  onShow: (node: string) => void;
  onPublish: () => void;
}

const link = 'rounded-chip text-accent underline underline-offset-2 hover:no-underline';

/** After the first good run, one quiet line that says what comes next. */
export function YoursBar({ run, onShow, onPublish }: YoursBarProps) {
  const { t } = useTranslation('run');
  const nodes = useEditor((state) => state.flow.nodes);
  const [dismissed, setDismissed] = useState(() => readPreference('yoursBar') === 'off');
  if (dismissed || run.result?.status !== 'succeeded') return null;
  const prompt = Object.entries(nodes).find(([, node]) => node.type === 'prompt' || 'instructions' in node.config)?.[0];
  const model = Object.entries(nodes).find(([, node]) => 'model' in node.config)?.[0];
  return (
    <div className="flex items-center gap-x-3 gap-y-1 border-t bg-canvas px-4 py-1 text-body">
      <p className="flex flex-1 flex-wrap gap-x-3 gap-y-1">
        <span className="text-ink2">{t('makeItYours')}</span>
        {prompt !== undefined && (
          <button type="button" className={link} onClick={() => onShow(prompt)}>
            {t('editPrompt')}
          </button>
        )}
        {model !== undefined && run.result.simulated && (
          <button type="button" className={link} onClick={() => onShow(model)}>
            {t('realModel')}
          </button>
        )}
        <button type="button" className={link} onClick={onPublish}>
          {t('publish')}
        </button>
      </p>
      <IconButton
        label={t('dismiss')}
        icon={<X />}
        onClick={() => {
          writePreference('yoursBar', 'off');
          setDismissed(true);
        }}
      />
    </div>
  );
}
