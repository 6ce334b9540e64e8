import type { FlowEdge } from '@patchbay/flow';
import { createContext, useContext, useMemo } from 'react';
import { commands } from '../store/commands.ts';
import { useEditorStore } from '../store/context.tsx';
import { judgeConnection, type Verdict } from '../store/edits/connect.ts';
import { homeOf, isContainer } from '../store/edits/containers.ts';
import { endNode, endPort, nodeOf } from '../store/edits/ends.ts';
import type { Point } from '../store/edits/place.ts';
import { inputAt, outputAt } from '../store/edits/ports.ts';
import { bestSource, bestTarget, convertersFor } from '../store/edits/targets.ts';
import type { EditorStore } from '../store/types.ts';
import { type CanvasUi, type LooseEnd, useCanvasUi } from './canvas-ui.ts';
import { openEnds } from './compatible.ts';
import { useWords, type WordsOfCanvas } from './use-words.ts';

/** All ways to make a wire end here: drag, click and click, drop on a body, keys. */
export interface ConnectActions {
  start(loose: LooseEnd): void;
  cancel(): void;
  /** A port was clicked: the first click begins a wire, the second ends it. */
  pressPort(end: LooseEnd, at: Point): void;
  /** A wire was led to a port. */
  finish(loose: LooseEnd, other: string, at: Point, replaces?: FlowEdge): void;
  /** A wire was let go over a card. */
  dropOnNode(loose: LooseEnd, node: string, at: Point): void;
  /** A wire was let go over nothing: what could come here? */
  dropOnEmpty(loose: LooseEnd, at: Point, place: Point): void;
  /** Says a connection by its names. */
  said(from: string, to: string): void;
  /** Says that a step was added, and each wire it came with. */
  saidAdded(id: string): void;
}

export const ConnectContext = createContext<ConnectActions | null>(null);

export function useConnectActions(): ConnectActions {
  const actions = useContext(ConnectContext);
  if (actions === null) throw new Error('useConnectActions outside of a canvas');
  return actions;
}

export function useCreateConnect(): ConnectActions {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const words = useWords();
  return useMemo(() => createConnect(store, ui, words), [store, ui, words]);
}

function createConnect(store: EditorStore, ui: CanvasUi, words: WordsOfCanvas): ConnectActions {
  const flow = () => store.getState().flow;
  const { catalogue } = store;
  const endWords = (end: string, side: LooseEnd['side']) => {
    const port = side === 'output' ? outputAt(flow(), catalogue, end) : inputAt(flow(), catalogue, end);
    return words.t('wirePort', { step: words.title(endNode(end)), port: port === undefined ? endPort(end) : words.label(port.title) });
  };
  const clear = () => ui.setState({ loose: null, open: null });

  const connected = (from: string, to: string) => words.t('said.connected', { from: endWords(from, 'output'), to: endWords(to, 'input') });
  const said = (from: string, to: string) => ui.setState({ said: connected(from, to) });
  const saidAdded = (id: string) => {
    const wires = flow().edges.filter((edge) => endNode(edge.from) === id || endNode(edge.to) === id);
    const lines = [words.t('said.added', { title: words.title(id) }), ...wires.map((edge) => connected(edge.from, edge.to))];
    ui.setState({ said: lines.join('\n') });
  };

  function join(from: string, to: string, at: Point, replaces?: FlowEdge): void {
    const base = flow();
    const before = replaces === undefined ? base : { ...base, edges: base.edges.filter((edge) => edge !== replaces) };
    const verdict = judgeConnection(before, catalogue, from, to);
    if (verdict.kind === 'exists') return;
    if (verdict.kind === 'refused') {
      refuse(verdict, at, from, to);
      return;
    }
    if (verdict.kind === 'taken') {
      ui.setState({ overlay: { kind: 'fan-in', at, from, to, ...(replaces && { replaces }) } });
      return;
    }
    if (replaces === undefined) commands.connect(store, from, to);
    else commands.reconnect(store, replaces, from, to);
    said(from, to);
  }

  function refuse(verdict: Verdict & { kind: 'refused' }, at: Point, from: string, to: string): void {
    const sentence = refusalWords(verdict, from, to);
    const converters = verdict.reason === 'types' ? convertersFor(catalogue, verdict.fromType, verdict.toType).map((one) => one.type) : [];
    const circle = verdict.reason === 'cycle' && catalogue.has('repeat');
    ui.setState({ overlay: { kind: 'refusal', at, sentence, converters: converters.slice(0, 3), from, to, circle }, said: sentence });
  }

  function refusalWords(verdict: Verdict & { kind: 'refused' }, from: string, to: string): string {
    if (verdict.reason === 'types') return words.t('refusal.types', { from: words.type(verdict.fromType), to: words.type(verdict.toType) });
    if (verdict.reason === 'cycle' || verdict.reason === 'self' || verdict.reason === 'missing')
      return words.t(`refusal.${verdict.reason}`);
    const container = [endNode(from), endNode(to)].find((id) => isContainer(catalogue, nodeOf(flow(), id)));
    const named = verdict.reason === 'leaves' ? homeOf(flow(), catalogue, endNode(from)) : container;
    return words.t(`loops:refusal.${verdict.reason}`, { container: words.title(named ?? '') });
  }

  const actions: ConnectActions = {
    start: (loose) =>
      ui.setState({
        loose,
        open: openEnds(flow(), catalogue, loose),
        overlay: null,
        said: words.t('said.connecting', { from: endWords(loose.end, loose.side) }),
      }),
    cancel: clear,
    said,
    saidAdded,
    pressPort(end, at) {
      const { loose } = ui.getState();
      if (loose === null || (loose.side === end.side && loose.end !== end.end)) actions.start(end);
      else if (loose.end === end.end && loose.side === end.side) clear();
      else actions.finish(loose, end.end, at);
    },
    finish(loose, other, at, replaces) {
      clear();
      if (loose.side === 'output') join(loose.end, other, at, replaces);
      else join(other, loose.end, at, replaces);
    },
    dropOnNode(loose, node, at) {
      clear();
      if (endNode(loose.end) === node) return;
      const port = loose.side === 'output' ? outputAt(flow(), catalogue, loose.end) : inputAt(flow(), catalogue, loose.end);
      const target =
        loose.side === 'output' ? bestTarget(flow(), catalogue, loose.end, node) : bestSource(flow(), catalogue, loose.end, node);
      if (target === null || port === undefined) {
        const sentence = words.t('refusal.noPlace', { title: words.title(node), from: port === undefined ? '' : words.type(port.type) });
        ui.setState({ overlay: { kind: 'refusal', at, sentence, converters: [] }, said: sentence });
      } else if (typeof target === 'string') join(target, loose.end, at);
      else if (target.kind === 'port') join(loose.end, target.to, at);
      else if (commands.connectToNode(store, loose.end, node)) {
        const made = flow().edges.at(-1);
        if (made !== undefined && nodeOf(flow(), node)) said(made.from, made.to);
      }
    },
    dropOnEmpty(loose, at, place) {
      ui.setState({ loose: null, open: null });
      const output = loose.side === 'output' ? outputAt(flow(), catalogue, loose.end) : undefined;
      const input = loose.side === 'input' ? inputAt(flow(), catalogue, loose.end) : undefined;
      const fit = output !== undefined ? { takes: output.type } : input !== undefined ? { gives: input.type } : {};
      ui.setState({ overlay: { kind: 'picker', at, place, fit, loose } });
    },
  };
  return actions;
}
