import '@xyflow/react/dist/base.css';
import './canvas.css';
import { Background, MiniMap, ReactFlow, ReactFlowProvider, SelectionMode } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { lazyPart } from '../ui/lazy-part.tsx';
import { CanvasToolbar } from './canvas-toolbar.tsx';
import { CanvasUiContext, createCanvasUi, useCanvasUi, useUi } from './canvas-ui.ts';
import { ConnectionLine } from './connection-line.tsx';
import { ContainerCard } from './container-card.tsx';
import { EmptyState } from './empty-state.tsx';
import { useDrops, useFocusBack, useMoving, useTabStop, useWireDrag, useZoomLevel } from './gestures.ts';
import { NodeCard } from './node-card.tsx';
import type { StepNode, WireEdge } from './types.ts';
import { useCanvasEdges } from './use-canvas-edges.ts';
import { useCanvasNodes } from './use-canvas-nodes.ts';
import { ConnectContext, useCreateConnect } from './use-connect.ts';
import { useFit } from './use-fit.ts';
import { useFocusStep } from './use-focus-step.ts';
import { useKeepInView } from './use-keep-in-view.ts';
import { useCanvasActions, useClipboard, useShortcuts } from './use-shortcuts.ts';
import { useWords } from './use-words.ts';
import { Wire } from './wire.tsx';

/** What the shell around the canvas does when the canvas is asked for it. */
export interface CanvasHandlers {
  run?: () => void;
  stop?: () => void;
  /** Run one step, or from it on. */
  runStep?: (id: string) => void;
  runFrom?: (id: string) => void;
  commandPalette?: () => void;
  /** Show a step's settings and put focus there. */
  openStep?: (id: string) => void;
  help?: () => void;
}

const Overlays = lazyPart(async () => (await import('./overlays.tsx')).Overlays);
const ShortcutSheet = lazyPart(async () => (await import('./shortcut-sheet.tsx')).ShortcutSheet);

const nodeTypes = { step: NodeCard, container: ContainerCard };
const edgeTypes = { wire: Wire };
const minimapFrom = 15;
/** Above this only cards in view are drawn: each drawn port listens to every change of React Flow's store. */
const drawAllUpTo = 60;
/** A large flow opens where it can be read, not as a whole. */
const leastFirstZoom = 0.5;
const noHandlers: CanvasHandlers = {};

/** The canvas of one open flow. Everything it shows is computed from the store; everything it changes is a command. */
export function FlowCanvas({ handlers = noHandlers }: { handlers?: CanvasHandlers }) {
  const [ui] = useState(createCanvasUi);
  return (
    <CanvasUiContext value={ui}>
      <ReactFlowProvider>
        <ConnectLayer handlers={handlers} />
      </ReactFlowProvider>
    </CanvasUiContext>
  );
}

function ConnectLayer({ handlers }: { handlers: CanvasHandlers }) {
  const actions = useCreateConnect();
  return (
    <ConnectContext value={actions}>
      <Surface handlers={handlers} />
    </ConnectContext>
  );
}

function Surface({ handlers }: { handlers: CanvasHandlers }) {
  const ui = useCanvasUi();
  const { t } = useWords();
  const root = useRef<HTMLDivElement>(null);
  const canvas = useCallback(() => root.current, []);
  const { nodes, onNodesChange, sizes } = useCanvasNodes(canvas);
  const { edges, onEdgesChange } = useCanvasEdges();
  const measured = useRef(sizes);
  measured.current = sizes;
  const focusStep = useFocusStep(canvas);
  const [help, setHelp] = useState(false);
  const withHelp = useHelp(handlers, setHelp);
  const knownSizes = useCallback(() => measured.current, []);
  const fit = useFit(canvas, knownSizes);
  const actions = useCanvasActions({ sizes: knownSizes, canvas, focusStep, fit, handlers: withHelp });
  useShortcuts(actions, canvas);
  useClipboard(canvas, focusStep);
  const wires = useWireDrag();
  const drops = useDrops(focusStep);
  const moving = useMoving(canvas);
  useFocusBack(canvas);
  useKeepInView(canvas);
  const tabStop = useTabStop(focusStep);
  const onMove = useZoomLevel(canvas);
  const keysSaid = useMemo(() => ({ 'node.a11yDescription.default': t('stepKeys'), 'edge.a11yDescription.default': t('wireKeys') }), [t]);
  const floats = useUi((state) => state.overlay !== null);
  const isConnecting = useUi((state) => state.loose !== null);
  return (
    <section className="flow-canvas" aria-label={t('canvas')} data-connecting={isConnecting || undefined} {...drops}>
      {/* One tab stop; focus goes on to a step. */}
      <div ref={root} className="flow-surface" {...tabStop}>
        <ReactFlow<StepNode, WireEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onNodeDoubleClick={(_event, node) => handlers.openStep?.(node.id)}
          {...wires}
          {...moving}
          onMove={onMove}
          onInit={() => fit({ least: leastFirstZoom, moves: false })}
          onPaneClick={() => ui.setState({ loose: null, open: null })}
          connectionLineComponent={ConnectionLine}
          connectOnClick={false}
          connectionDragThreshold={4}
          panOnDrag={[1]}
          panActivationKeyCode="Space"
          panOnScroll
          selectionOnDrag
          selectionMode={SelectionMode.Partial}
          selectionKeyCode={null}
          multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
          zoomOnDoubleClick={false}
          deleteKeyCode={null}
          disableKeyboardA11y
          ariaLabelConfig={keysSaid}
          snapToGrid
          snapGrid={[8, 8]}
          minZoom={0.15}
          maxZoom={2}
          onlyRenderVisibleElements={nodes.length > drawAllUpTo}
          nodesFocusable
          edgesFocusable
          edgesReconnectable={false}
          proOptions={{ hideAttribution: true }}
        >
          <Background gap={24} size={1.5} color="color-mix(in oklab, var(--line-strong) 38%, transparent)" />
          {nodes.length > minimapFrom && (
            <MiniMap ariaLabel={t('minimap')} pannable zoomable nodeColor="var(--line-strong)" nodeBorderRadius={4} />
          )}
        </ReactFlow>
      </div>
      {nodes.length === 0 && <EmptyState focusStep={focusStep} />}
      <CanvasToolbar actions={actions} />
      {floats && <Overlays focusStep={focusStep} onOpen={handlers.openStep} />}
      {help && <ShortcutSheet onClose={() => setHelp(false)} />}
      <LiveRegion />
    </section>
  );
}

/** Without a shell that shows the keys, the canvas shows its own sheet. */
function useHelp(handlers: CanvasHandlers, setHelp: (open: boolean) => void): CanvasHandlers {
  const latest = useRef(handlers);
  latest.current = handlers;
  const [stable] = useState(() => ({
    run: () => latest.current.run?.(),
    stop: () => latest.current.stop?.(),
    commandPalette: () => latest.current.commandPalette?.(),
    openStep: (id: string) => latest.current.openStep?.(id),
    runStep: (id: string) => latest.current.runStep?.(id),
    runFrom: (id: string) => latest.current.runFrom?.(id),
    help: () => (latest.current.help === undefined ? setHelp(true) : latest.current.help()),
  }));
  return stable;
}

function LiveRegion() {
  const said = useUi((state) => state.said);
  return (
    <p className="sr-only" role="status" aria-live="polite">
      {said}
    </p>
  );
}
