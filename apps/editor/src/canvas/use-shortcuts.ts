import { useReactFlow } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { commands } from '../store/commands.ts';
import { useEditorStore } from '../store/context.tsx';
import { nodeOf } from '../store/edits/ends.ts';
import type { Sizes } from '../store/edits/tidy.ts';
import { mayPin, togglePin } from '../store/pin-commands.ts';
import { toast } from '../ui/toast.tsx';
import { useCanvasUi } from './canvas-ui.ts';
import type { CanvasHandlers } from './flow-canvas.tsx';
import { findShortcut, keepsKeys, lettersOn, type ShortcutId } from './shortcuts.ts';
import { useConnectActions } from './use-connect.ts';
import type { useFit } from './use-fit.ts';
import { useWords } from './use-words.ts';
import { type Direction, walk } from './walk.ts';

interface Needs {
  sizes: () => Sizes;
  canvas: () => HTMLElement | null;
  focusStep: (id: string) => void;
  fit: ReturnType<typeof useFit>;
  handlers: CanvasHandlers;
}
export type Actions = Record<Exclude<ShortcutId, 'walk' | 'nudge' | 'nudgeFar' | 'copy' | 'cut' | 'paste' | 'pan'>, () => void> & {
  go(direction: Direction): void;
  nudge(direction: Direction, by: number): void;
  /** To the step that is selected, from wherever focus is. */
  back(): void;
};

/** What the keys, the toolbar and the menus do. */
export function useCanvasActions({ sizes, canvas, focusStep, fit, handlers }: Needs): Actions {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const flow = useReactFlow();
  const words = useWords();
  const connecting = useConnectActions();
  return useMemo(() => {
    const state = () => store.getState();
    const say = (said: string) => ui.setState({ said });
    /** The step keys act on: the focused one, else the only selected one. */
    const current = (): string | undefined => {
      const focused = document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
      const { nodes } = state().selection;
      return focused ?? (nodes.length === 1 ? nodes[0] : undefined);
    };
    const chosen = (): string[] => {
      const { nodes } = state().selection;
      const one = current();
      return nodes.length > 0 ? nodes : one === undefined ? [] : [one];
    };
    const back = (from: 'undoStack' | 'redoStack', key: 'said.undone' | 'said.redone', step: () => void) => {
      const name = state()[from].at(-1)?.name;
      step();
      if (name !== undefined) say(words.t(key, { name: words.command(name) }));
    };
    const onOne = (act: (id: string) => void) => {
      const one = current();
      if (one !== undefined && mayPin(store, one)) act(one);
    };
    const middle = () => {
      const box = canvas()?.getBoundingClientRect();
      return box === undefined ? { x: 0, y: 0 } : { x: box.x + box.width / 2 - 160, y: box.y + box.height / 4 };
    };
    return {
      run: () => handlers.run?.(),
      stop: () => handlers.stop?.(),
      runStep: () => onOne((id) => handlers.runStep?.(id)),
      runFrom: () => onOne((id) => handlers.runFrom?.(id)),
      pin: () =>
        onOne((id) => {
          const done = togglePin(store, id);
          if (done === 'nothing') toast(words.t('reuse:pinNothing'));
          else say(words.t(`reuse:said.${done}`, { title: words.title(id) }));
        }),
      commandPalette: () => handlers.commandPalette?.(),
      help: () => handlers.help?.(),
      save: () => void store.saveNow().then(() => say(words.t('said.saved'))),
      undo: () => back('undoStack', 'said.undone', store.undo),
      redo: () => back('redoStack', 'said.redone', store.redo),
      duplicate: () => {
        const fresh = commands.duplicate(store, chosen());
        if (fresh[0] !== undefined) focusStep(fresh[0]);
      },
      remove: () => {
        const { selection } = state();
        const one = current();
        if (selection.nodes.length + selection.edges.length === 0 && one !== undefined) store.select({ nodes: [one] });
        const next = one === undefined ? undefined : (walk(state().flow, one, 'left') ?? walk(state().flow, one, 'right'));
        const count = commands.removeSelected(store);
        if (count === 0) return;
        say(words.t('said.removed', { count }));
        // Focus must not fall to the page when the focused card goes.
        if (next !== undefined && nodeOf(state().flow, next)) focusStep(next);
        else canvas()?.focus();
      },
      selectAll: () => store.select({ nodes: Object.keys(state().flow.nodes) }),
      rename: () => {
        const one = current();
        if (one !== undefined) ui.setState({ renaming: one });
      },
      open: () => {
        const one = current();
        if (one === undefined) return;
        store.select({ nodes: [one] });
        handlers.openStep?.(one);
      },
      bypass: () => {
        const ids = chosen();
        if (ids.length > 0) commands.toggleBypass(store, ids);
      },
      addStep: () => {
        const after = current();
        ui.setState({ overlay: { kind: 'picker', at: middle(), fit: {}, ...(after !== undefined && { after }) } });
      },
      connect: () => {
        const one = current();
        if (one === undefined) return;
        const card = canvas()?.querySelector(`.react-flow__node[data-id="${one}"]`)?.getBoundingClientRect();
        ui.setState({ overlay: { kind: 'targets', at: card === undefined ? middle() : { x: card.right + 8, y: card.top }, node: one } });
      },
      cancel: () => {
        connecting.cancel();
        if (ui.getState().overlay !== null) ui.setState({ overlay: null });
        else store.select({});
      },
      fit: () => fit(),
      fitSelection: () => fit({ ids: chosen() }),
      actualSize: () => void flow.zoomTo(1, { duration: 200 }),
      tidy: () => void commands.tidy(store, sizes()),
      back: () => {
        const [one] = state().selection.nodes;
        if (one === undefined) canvas()?.focus();
        else focusStep(one);
      },
      go: (direction) => {
        const one = current();
        const next = one === undefined ? Object.keys(state().flow.nodes)[0] : walk(state().flow, one, direction);
        if (next !== undefined) focusStep(next);
      },
      nudge: (direction, by) => {
        const ids = chosen();
        const step = { left: { x: -by, y: 0 }, right: { x: by, y: 0 }, up: { x: 0, y: -by }, down: { x: 0, y: by } }[direction];
        if (ids.length > 0) commands.nudge(store, ids, step);
      },
    };
  }, [store, ui, flow, words, connecting, sizes, canvas, focusStep, fit, handlers]);
}

const directions: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
/** Keys that other parts of the page use for themselves: they act only while the canvas has focus, or nothing has. */
const onCanvasOnly = new Set<ShortcutId>([
  'walk',
  'nudge',
  'nudgeFar',
  'open',
  'remove',
  'selectAll',
  'connect',
  'bypass',
  'pin',
  'runStep',
  'runFrom',
  'rename',
  'duplicate',
  'cancel',
]);

/** Escape in the settings goes back to the step they are of; a list that is open there closes first. */
function leavesSettings(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('main aside:not(.palette)') !== null && target.getAttribute('aria-expanded') !== 'true'
  );
}

/** Listens for the registry's keys while the editor is open. */
export function useShortcuts(actions: Actions, canvas: () => HTMLElement | null): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === 'Escape' && leavesSettings(event.target)) {
        event.preventDefault();
        actions.back();
        return;
      }
      const found = findShortcut(event, { inField: keepsKeys(event.target), letters: lettersOn() });
      if (found === undefined) return;
      const target = event.target instanceof Element ? event.target : null;
      const here = target === null || target === document.body || canvas()?.contains(target) === true;
      if (onCanvasOnly.has(found.id) && !here) return;
      // A button on the canvas keeps Enter: it is pressed by it.
      if (found.id === 'open' && target?.closest('button, [role="button"]')) return;
      event.preventDefault();
      act(actions, found.id, event);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [actions, canvas]);
}

function act(actions: Actions, id: ShortcutId, event: KeyboardEvent): void {
  const direction = directions[event.key];
  if (direction !== undefined) {
    if (id === 'walk') actions.go(direction);
    else actions.nudge(direction, id === 'nudgeFar' ? 80 : 8);
  } else if (id !== 'walk' && id !== 'nudge' && id !== 'nudgeFar' && id !== 'copy' && id !== 'cut' && id !== 'paste' && id !== 'pan')
    actions[id]();
}

/** Copy, cut and paste as text, by the browser's own clipboard events: no permission is asked for. */
export function useClipboard(canvas: () => HTMLElement | null, focusStep: (id: string) => void): void {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const { t } = useWords();
  useEffect(() => {
    const here = (event: ClipboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      return !keepsKeys(target) && (target === null || target === document.body || canvas()?.contains(target) === true);
    };
    const copy = (event: ClipboardEvent) => {
      if (!here(event) || (window.getSelection()?.toString() ?? '') !== '') return;
      const text = commands.copyText(store);
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      const count = store.getState().selection.nodes.length;
      ui.setState({ said: t('said.copied', { count }) });
      if (event.type === 'cut') commands.removeSelected(store);
    };
    const paste = (event: ClipboardEvent) => {
      if (!here(event)) return;
      event.preventDefault();
      const fresh = commands.pasteText(store, event.clipboardData?.getData('text/plain') ?? '');
      ui.setState({ said: fresh === null ? t('said.notSteps') : t('said.pasted', { count: fresh.length }) });
      if (fresh?.[0] !== undefined) focusStep(fresh[0]);
      // Shown as well as said: nothing else tells why nothing happened.
      if (fresh === null) toast(t('said.notSteps'));
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', copy);
      document.removeEventListener('paste', paste);
    };
  }, [store, ui, canvas, focusStep, t]);
}
