import type { VersionResource } from '@patchbay/services/resources';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Ellipsis, FileDown, PanelBottom, PanelRight, Play, Rocket, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useEditorStore } from '../store/context.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { LaterMenu } from '../ui/later-menu.tsx';
import { FlowName } from './flow-name.tsx';
import { saveFlowFile } from './save-flow-file.ts';
import { SaveMark } from './save-mark.tsx';
import type { Panel } from './use-panel.ts';

export interface EditorBarProps {
  published: VersionResource | null;
  panels: { inspector: Panel; dock: Panel };
  running: boolean;
  onRun: () => void;
  onStop: () => void;
  onPublish: () => void;
}

/** The bar above an open flow: where one is, whether it is saved, run, publish. */
export function EditorBar({ published, panels, running, onRun, onStop, onPublish }: EditorBarProps) {
  const { t } = useTranslation(['app', 'run']);
  const { inspector, dock } = panels;
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b bg-surface px-3">
      <nav aria-label={t('editor.back')} className="flex min-w-0 items-center gap-1">
        <Link to="/" className="rounded-chip px-1 text-body text-ink3 hover:text-ink max-md:hidden">
          {t('nav.home')}
        </Link>
        <ChevronRight className="size-4 shrink-0 text-ink3 max-md:hidden" aria-hidden />
        <FlowName />
      </nav>
      <SaveMark published={published} />
      <div className="flex-1" />
      <IconButton
        label={dock.open ? t('editor.hideRun') : t('editor.showRun')}
        icon={<PanelBottom />}
        pressed={dock.open}
        onClick={() => dock.setOpen(!dock.open)}
      />
      <IconButton
        label={inspector.open ? t('editor.hideInspector') : t('editor.showInspector')}
        icon={<PanelRight />}
        pressed={inspector.open}
        onClick={() => inspector.setOpen(!inspector.open)}
      />
      <MoreMenu />
      <span aria-hidden className="mx-1 h-5 w-px bg-line" />
      {/* The open run panel has the button beside its form; there is never a second one. */}
      {!dock.open &&
        (running ? (
          <Button icon={<Square />} onClick={onStop}>
            {t('run:stop')}
          </Button>
        ) : (
          <Button icon={<Play />} onClick={onRun}>
            {t('editor.run')}
          </Button>
        ))}
      <Button look={dock.open ? 'plain' : 'primary'} icon={<Rocket />} onClick={onPublish}>
        {t('editor.publish')}
      </Button>
    </header>
  );
}

function MoreMenu() {
  const { t } = useTranslation('app');
  const store = useEditorStore();
  return (
    <LaterMenu
      trigger={<IconButton label={t('editor.more')} icon={<Ellipsis />} />}
      items={[{ key: 'export', icon: <FileDown />, onClick: () => saveFlowFile(store.getState().flow), children: t('editor.export') }]}
    />
  );
}
