import { type KeyboardEvent, useEffect, useRef } from 'react';
import { undoKey } from '../chips/undo-key.ts';
import { useEditor, useEditorStore } from '../store/context.tsx';
import { nodeOf } from '../store/edits/ends.ts';
import { edgeKey } from '../store/types.ts';
import { focusWhenDrawn } from '../ui/focus-when-drawn.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { listenForShow, wantsFocus } from './show-step.ts';

// What a selection shows is not needed to see a flow.
const StepInspector = lazyPart(async () => (await import('./step-inspector.tsx')).StepInspector);
const FlowSettings = lazyPart(async () => (await import('./flow-settings.tsx')).FlowSettings);
const WireInspector = lazyPart(async () => (await import('./wire-inspector.tsx')).WireInspector);
const ManySelected = lazyPart(async () => (await import('./many-selected.tsx')).ManySelected);

/** The right panel: what is selected, with everything that can be set about it. */
export function Inspector() {
  const store = useEditorStore();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const focus = () => focusWhenDrawn(() => firstField(root.current));
    if (wantsFocus()) focus();
    return listenForShow(focus);
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: undo of the flow instead of the browser's own, in every field inside
    <div
      ref={root}
      data-testid="inspector"
      className="flex min-h-0 min-w-0 flex-1 flex-col"
      onKeyDown={(event) => undoKeys(event, store)}
      onBlur={store.seal}
    >
      <Selected />
    </div>
  );
}

function Selected() {
  const nodes = useEditor((state) => state.selection.nodes);
  const edges = useEditor((state) => state.selection.edges);
  const [id] = nodes;
  const node = useEditor((state) => (id === undefined ? undefined : nodeOf(state.flow, id)));
  const wire = useEditor((state) => (edges.length === 1 ? state.flow.edges.find((edge) => edgeKey(edge) === edges[0]) : undefined));
  if (nodes.length > 1) return <ManySelected ids={nodes} />;
  if (id !== undefined && node !== undefined) return <StepInspector key={id} id={id} node={node} />;
  return wire === undefined ? <FlowSettings /> : <WireInspector wire={wire} />;
}

/** The first field of the settings; without one, the step's title. */
function firstField(root: HTMLElement | null): HTMLElement | null | undefined {
  const fields = '[role=tabpanel] :is(input, textarea, [role=textbox], [role=combobox], [aria-haspopup])';
  return root?.querySelector<HTMLElement>(fields) ?? root?.querySelector<HTMLElement>('input');
}

/** Fields show the document, so the browser's own undo in them would be another, shorter story. */
function undoKeys(event: KeyboardEvent, store: { undo: () => void; redo: () => void }): void {
  const step = event.defaultPrevented ? null : undoKey(event);
  if (step === null) return;
  event.preventDefault();
  event.stopPropagation();
  if (step === 'redo') store.redo();
  else store.undo();
}
