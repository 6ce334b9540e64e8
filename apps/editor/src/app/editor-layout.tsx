import type { FlowResource, VersionResource } from '@patchbay/services/resources';
import { useRouterState } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CanvasHandlers, FlowCanvas } from '../canvas/flow-canvas.tsx';
import { Palette } from '../canvas/palette.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { RunActionsProvider } from '../run/run-actions.tsx';
import { usePins } from '../run/use-pins.ts';
import { type RunPart, useRunSession } from '../run/use-run-session.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { focusWhenDrawn } from '../ui/focus-when-drawn.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { lazyPart, loadPartsWhenIdle } from '../ui/lazy-part.tsx';
import type { DockView } from './dock.tsx';
import { EditorBar } from './editor-bar.tsx';
import { Splitter } from './splitter.tsx';
import { type Panel, usePanel } from './use-panel.ts';
import { useTells } from './use-tells.ts';

const PublishDialog = lazyPart(async () => (await import('../publish/publish-dialog.tsx')).PublishDialog);
const Dock = lazyPart(async () => (await import('./dock.tsx')).Dock);
const ConflictDialog = lazyPart(async () => (await import('./conflict-dialog.tsx')).ConflictDialog);

/** The editor's regions: bar above, palette left, canvas in the middle, settings right, dock below. */
export function EditorLayout({ flow }: { flow: FlowResource }) {
  const { t } = useTranslation('app');
  const store = useEditorStore();
  const conflict = useEditor((state) => state.save.kind === 'conflict');
  const session = useRunSession();
  const fresh = useRouterState({ select: (state) => state.location.state.fresh === true });
  const wide = window.innerWidth >= 1_100;
  const inspector = usePanel('inspector', { open: false, size: 360, min: 280, max: 560 });
  const dock = usePanel('dock', { open: fresh, size: 320, min: 160, max: 640 });
  const [view, setView] = useState<DockView>('run');
  const [publishing, setPublishing] = useState(false);
  const [published, setPublished] = useState<VersionResource | null>(flow.published);
  const runButton = useRef<HTMLElement>(null);
  useTells();
  usePins();
  useSettingsOnDemand(inspector, wide);

  // A flow made a moment ago opens ready to run.
  const first = useRef(fresh);
  useEffect(() => {
    if (!first.current) return;
    first.current = false;
    dock.setOpen(true);
    focusWhenDrawn(() => runButton.current);
  });
  useEffect(loadPartsWhenIdle, []);

  const run = (part?: RunPart) => {
    setView('run');
    dock.setOpen(true);
    // A form that is not right yet says where, and keeps the run back.
    if (session.start(part)) return;
    focusWhenDrawn(() => document.querySelector<HTMLElement>('[data-testid=run-panel] [aria-invalid=true]'));
  };
  const show = useCallback(
    (node: string) => {
      store.select({ nodes: [node] });
      inspector.show();
      window.dispatchEvent(new CustomEvent('patchbay:show-step', { detail: node }));
    },
    [store, inspector],
  );
  const settings = useRef<HTMLElement>(null);
  const openStep = (node: string) => {
    store.select({ nodes: [node] });
    inspector.show();
    const fields = '[role=tabpanel] :is(input, textarea, [contenteditable=true], button)';
    focusWhenDrawn(() => settings.current?.querySelector<HTMLElement>(fields));
  };
  const runStep = (node: string) => run({ only: [node] });
  const runFrom = (node: string) => run({ from: node });
  const handlers = useHandlers({ run: () => run(), stop: session.stop, openStep, runStep, runFrom });
  useToastsAbove(dock.open ? dock.size : 0);

  return (
    <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
      <EditorBar
        published={published}
        panels={{ inspector, dock }}
        running={session.running}
        onRun={() => run()}
        onStop={session.stop}
        onPublish={() => setPublishing(true)}
      />
      <RunActionsProvider actions={{ runStep, runFrom, running: session.running }}>
        {/* Where there is little room, the settings stand beside the canvas alone: the dock keeps its whole width. */}
        <div className="relative grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_auto] grid-rows-[minmax(0,1fr)_auto]">
          <div className="col-start-1 row-start-1 flex min-h-0">
            <Palette />
            <div className="relative min-w-0 flex-1">
              <FlowCanvas handlers={handlers} />
            </div>
          </div>
          {dock.open && (
            <div className="col-start-1 row-start-2 min-w-0 max-lg:col-span-2">
              <Splitter panel={dock} side="bottom" label={t('editor.resizeHeight', { panel: t('editor.panels.run') })} />
              <div className="flex max-h-[65dvh] flex-col bg-surface" style={{ height: dock.size }}>
                <Dock
                  view={view}
                  onView={setView}
                  session={session}
                  runRef={runButton}
                  onShow={show}
                  onPublish={() => setPublishing(true)}
                  onClose={() => dock.setOpen(false)}
                />
              </div>
            </div>
          )}
          {inspector.open && (
            <aside
              ref={settings}
              aria-label={t('editor.panels.inspector')}
              className="col-start-2 row-start-1 flex min-h-0 max-w-full max-sm:absolute max-sm:inset-y-0 max-sm:right-0 max-sm:z-20 max-sm:col-start-1 max-sm:col-end-3 max-sm:shadow-e2 lg:row-end-3"
            >
              <Splitter panel={inspector} side="right" label={t('editor.resize', { panel: t('editor.panels.inspector') })} />
              <div className="flex min-h-0 max-w-full flex-col bg-surface" style={{ width: inspector.size }}>
                {/* Where it leaves the canvas little room, it can be put away from itself. */}
                <div className="flex justify-end border-b px-2 py-1 lg:hidden">
                  <IconButton label={t('editor.hideInspector')} icon={<X />} onClick={() => inspector.setOpen(false)} />
                </div>
                <Inspector />
              </div>
            </aside>
          )}
        </div>
      </RunActionsProvider>
      {publishing && (
        <PublishDialog
          onClose={() => setPublishing(false)}
          flow={{ ...flow, published, slug: published?.slug ?? flow.slug }}
          onPublished={setPublished}
          onShow={show}
        />
      )}
      {conflict && <ConflictDialog />}
    </main>
  );
}

/** The settings come with the first step that is chosen, so that a flow opens with room; a person's own decision stands. */
function useSettingsOnDemand(panel: Panel, wide: boolean): void {
  const chosen = useEditor(({ selection }) => selection.nodes.length + selection.edges.length > 0);
  const latest = useRef(panel);
  latest.current = panel;
  useEffect(() => {
    if (chosen && wide && !latest.current.decided) latest.current.show();
  }, [chosen, wide]);
}

/** Keeps toasts clear of the dock, where the Run button is. */
function useToastsAbove(height: number): void {
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--toast-bottom', `${height + 16}px`);
    return () => {
      style.removeProperty('--toast-bottom');
    };
  }, [height]);
}

/** Handlers of one identity, so that the canvas does not listen anew at every key press. */
function useHandlers(current: Required<Pick<CanvasHandlers, 'run' | 'stop' | 'openStep' | 'runStep' | 'runFrom'>>): CanvasHandlers {
  const latest = useRef(current);
  useEffect(() => {
    latest.current = current;
  });
  return useMemo(
    () => ({
      run: () => latest.current.run(),
      stop: () => latest.current.stop(),
      openStep: (id: string) => latest.current.openStep(id),
      runStep: (id: string) => latest.current.runStep(id),
      runFrom: (id: string) => latest.current.runFrom(id),
    }),
    [],
  );
}
