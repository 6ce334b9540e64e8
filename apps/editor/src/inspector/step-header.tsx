import type { FlowNode } from '@patchbay/flow';
import type { NodeDefinition } from '@patchbay/node-kit';
import { Copy, EyeOff, MoreHorizontal, Play, StepForward, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StepIcon } from '../canvas/icons.tsx';
import { useLocale } from '../i18n/index.ts';
import { useRunActions } from '../run/run-actions.tsx';
import { commands } from '../store/commands.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { mayPin } from '../store/pin-commands.ts';
import { pinOf } from '../store/pins.ts';
import { stepTitle } from '../store/titles.ts';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';

interface StepHeaderProps {
  id: string;
  node: FlowNode;
  definition: NodeDefinition | undefined;
}

/** Which step this is, its name, and what can be done with it as a whole. */
export function StepHeader({ id, node, definition }: StepHeaderProps) {
  const { t } = useTranslation(['inspector', 'reuse']);
  const store = useEditorStore();
  const actions = useRunActions();
  const pinned = useEditor((state) => pinOf(state, id) !== undefined);
  const mayRun = mayPin(store, id);
  const locale = useLocale();
  const title = stepTitle(store.catalogue, id, node, locale);
  return (
    <header className="flex items-start gap-2 px-4 pt-3 pb-2">
      <span className="mt-1.5 text-ink2">
        <StepIcon name={definition?.icon} />
      </span>
      <div className="min-w-0 flex-1">
        <StepTitle key={id} title={title} onRename={(next) => commands.rename(store, id, next)} />
        <p className="text-port text-ink3 text-pretty">{definition === undefined ? node.type : definition.words.summary[locale]}</p>
        {node.bypass === true && (
          <p className="mt-1">
            <Badge look="warn">{t('step.bypassed')}</Badge>
          </p>
        )}
      </div>
      <Menu trigger={<IconButton label={t('step.menu', { title })} icon={<MoreHorizontal />} />}>
        <MenuItem icon={<Copy />} keys="Mod+D" onClick={() => commands.duplicate(store, [id])}>
          {t('step.duplicate')}
        </MenuItem>
        {mayRun && (
          <>
            <MenuItem icon={<Play />} keys="Shift+Enter" disabled={actions.running || pinned} onClick={() => actions.runStep(id)}>
              {t('reuse:runStep')}
            </MenuItem>
            <MenuItem icon={<StepForward />} keys="Mod+Shift+Enter" disabled={actions.running} onClick={() => actions.runFrom(id)}>
              {t('reuse:runFrom')}
            </MenuItem>
          </>
        )}
        {definition?.role !== 'annotation' && (
          <MenuItem icon={<EyeOff />} keys="B" onClick={() => commands.toggleBypass(store, [id])}>
            {node.bypass === true ? t('step.unbypass') : t('step.bypass')}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem
          icon={<Trash2 />}
          keys="Del"
          danger
          onClick={() => {
            store.select({ nodes: [id] });
            commands.removeSelected(store);
          }}
        >
          {t('step.remove')}
        </MenuItem>
      </Menu>
    </header>
  );
}

/** The title, changed in place: it is written when the field is left or Enter is pressed. */
function StepTitle({ title, onRename }: { title: string; onRename: (title: string) => void }) {
  const { t } = useTranslation('inspector');
  const [draft, setDraft] = useState<string>();
  const escaped = useRef(false);
  const leave = () => {
    if (draft !== undefined && !escaped.current && draft.trim() !== title) onRename(draft);
    escaped.current = false;
    setDraft(undefined);
  };
  return (
    <input
      aria-label={t('step.title')}
      data-step-title
      className="-ml-1.5 h-8 w-full min-w-0 truncate rounded-field border border-transparent bg-transparent px-1.5 text-title font-semibold hover:border-line focus-visible:border-line-strong"
      value={draft ?? title}
      maxLength={200}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Escape') escaped.current = true;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
