import type { FlowDocument, FlowEdge, Json } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';
import { addNode, insertOnEdge, type NewNode } from './edits/add-node.ts';
import { type ChipPlace, insertChip, promoteToInput } from './edits/chips.ts';
import { renameNode, setValue, toggleBypass } from './edits/config.ts';
import { connect, disconnect, type FanInChoice } from './edits/connect.ts';
import { homeOf, isContainer, type StayFault, setHome } from './edits/containers.ts';
import { nodeOf } from './edits/ends.ts';
import { copyNodes, duplicateNodes, type Fragment, insertFragment, readFragment, removeNodes } from './edits/fragment.ts';
import { containerAt, firstInside, fitFrame, growAround, setFrame } from './edits/frame.ts';
import { type Box, boxOf, freePlace, gapY, moveBy, moveNodes, type Point } from './edits/place.ts';
import { setSetting } from './edits/setting.ts';
import { demoSteps, switchFromDemo } from './edits/switch-models.ts';
import { connectToNode } from './edits/targets.ts';
import { type Sizes, tidyPlaces } from './edits/tidy.ts';
import { type BackWire, type WrapFault, type WrapType, wrapIn } from './edits/wrap.ts';
import type { CommandName, EditorStore } from './types.ts';

/** What became of steps that were let go: why they stayed where they were, else the containers they went into and out of. */
export interface Dropped {
  fault: StayFault | null;
  into: Set<string>;
  out: Set<string>;
}

/** The container under the middle of a step's header, as it would stand. */
function homeUnder(flow: FlowDocument, catalogue: Catalogue, id: string, place: Point | undefined, moved: readonly string[]) {
  if (place === undefined) return homeOf(flow, catalogue, id);
  const { width } = boxOf(flow, catalogue, id);
  return containerAt(flow, catalogue, { x: place.x + width / 2, y: place.y + 18 }, moved);
}

/** Copied steps go into the container that is selected, unless it is the one that was copied or they hold an end of a flow. */
function pasteHome(store: EditorStore, fragment: Fragment): string | undefined {
  const { flow, selection } = store.getState();
  const [id, ...others] = selection.nodes;
  const ends = Object.values(fragment.nodes).some((node) => node.type === 'input' || node.type === 'output');
  if (id === undefined || others.length > 0 || ends || Object.hasOwn(fragment.nodes, id)) return undefined;
  return isContainer(store.catalogue, nodeOf(flow, id)) ? id : undefined;
}

/** The edits of the interface, each one undo step with its name. The pure functions behind them are in `edits/`. */
const named = (key: string, params?: CommandName['params']): CommandName => ({ key: `canvas:commands.${key}`, ...(params && { params }) });
const pasteOffset = { x: 32, y: 32 };

export const commands = {
  /** Adds a node, wires it as asked, selects it and says its id. */
  addNode(store: EditorStore, wish: NewNode): string {
    let id = '';
    store.command(named('add'), (draft) => {
      id = addNode(draft, store.catalogue, wish);
    });
    store.select({ nodes: [id] });
    return id;
  },

  insertOnEdge(store: EditorStore, edge: FlowEdge, type: string): string | null {
    let id: string | null = null;
    store.command(named('insertOnWire'), (draft) => {
      id = insertOnEdge(draft, store.catalogue, edge, type);
    });
    if (id !== null) store.select({ nodes: [id] });
    return id;
  },

  connect(store: EditorStore, from: string, to: string, choice?: FanInChoice): void {
    store.command(named('connect'), (draft) => connect(draft, from, to, choice));
  },
  /** Wires an output to whatever of the node fits best; false where nothing does. */
  connectToNode(store: EditorStore, from: string, node: string): boolean {
    let done = false;
    store.command(named('connect'), (draft) => {
      done = connectToNode(draft, store.catalogue, from, node);
    });
    return done;
  },
  /** A wire taken from one port and let go on another: one step. */
  reconnect(store: EditorStore, old: FlowEdge, from: string, to: string, choice?: FanInChoice): void {
    store.command(named('connect'), (draft) => {
      disconnect(draft, [old]);
      connect(draft, from, to, choice);
    });
  },
  disconnect(store: EditorStore, edges: readonly FlowEdge[]): void {
    store.command(named('disconnect', { count: edges.length }), (draft) => disconnect(draft, edges));
  },

  /** Removes the selected steps and wires. */
  removeSelected(store: EditorStore): number {
    const { selection, flow } = store.getState();
    const edges = flow.edges.filter((edge) => selection.edges.includes(`${edge.from}>${edge.to}`));
    if (selection.nodes.length + edges.length === 0) return 0;
    const name =
      selection.nodes.length === 0 ? named('disconnect', { count: edges.length }) : named('remove', { count: selection.nodes.length });
    store.command(name, (draft) => {
      disconnect(draft, edges);
      removeNodes(draft, selection.nodes);
    });
    return selection.nodes.length + edges.length;
  },

  moveNodes(store: EditorStore, places: Readonly<Record<string, Point>>): void {
    store.command(named('move', { count: Object.keys(places).length }), (draft) => moveNodes(draft, places));
  },
  /** Moves by keys: presses within a second are one step. */
  nudge(store: EditorStore, ids: readonly string[], by: Point): void {
    store.command(
      named('move', { count: ids.length }),
      (draft) => {
        moveBy(draft, ids, by);
        growAround(draft, store.catalogue, ids);
      },
      { coalesce: `nudge:${ids.join()}` },
    );
  },
  /**
   * Ends a drag: the steps stand where they were let go, in the container that is there. Where their wires forbid it they
   * stay, and the reason is answered. `places` may hold steps that went along; `moved` are those that were held.
   */
  dropNodes(store: EditorStore, moved: readonly string[], places: Readonly<Record<string, Point>>): Dropped {
    const dropped: Dropped = { fault: null, into: new Set(), out: new Set() };
    const { flow } = store.getState();
    const crosses = moved.some((id) => homeUnder(flow, store.catalogue, id, places[id], moved) !== homeOf(flow, store.catalogue, id));
    store.command(crosses ? { key: 'loops:commands.home' } : named('move', { count: moved.length }), (draft) => {
      const before = structuredClone(draft);
      moveNodes(draft, places);
      for (const id of moved) {
        const old = homeOf(draft, store.catalogue, id);
        const home = homeUnder(draft, store.catalogue, id, places[id], moved);
        if (home === old) continue;
        dropped.fault ??= setHome(draft, store.catalogue, [id], home);
        if (home !== undefined) dropped.into.add(home);
        else if (old !== undefined) dropped.out.add(old);
      }
      if (dropped.fault !== null) Object.assign(draft, before);
      else growAround(draft, store.catalogue, moved);
    });
    return dropped;
  },
  /** Puts steps beside the container they stand in. */
  takeOut(store: EditorStore, id: string): StayFault | null {
    let fault: StayFault | null = null;
    store.command({ key: 'loops:commands.home' }, (draft) => {
      const home = homeOf(draft, store.catalogue, id);
      if (home === undefined) return;
      const frame = boxOf(draft, store.catalogue, home);
      fault = setHome(draft, store.catalogue, [id], homeOf(draft, store.catalogue, home));
      if (fault !== null) return;
      const box = boxOf(draft, store.catalogue, id);
      const place = freePlace(draft, store.catalogue, id, { x: frame.x, y: frame.y + frame.height + gapY });
      moveBy(draft, [id], { x: place.x - box.x, y: place.y - box.y });
      growAround(draft, store.catalogue, [id]);
    });
    return fault;
  },
  /** A container around the steps, its id or why it cannot be. */
  wrap(store: EditorStore, type: WrapType, ids: readonly string[], back?: BackWire): { id: string } | { fault: WrapFault } {
    let made: { id: string } | { fault: WrapFault } = { fault: 'end' };
    store.command({ key: 'loops:commands.wrap' }, (draft) => {
      made = wrapIn(draft, store.catalogue, type, ids, back);
    });
    if ('id' in made) store.select({ nodes: [(made as { id: string }).id] });
    return made;
  },
  resize(store: EditorStore, container: string, box: Box): void {
    store.command({ key: 'loops:commands.resize' }, (draft) => {
      setFrame(draft, container, box);
      growAround(
        draft,
        store.catalogue,
        Object.keys(draft.nodes).filter((id) => draft.nodes[id]?.parent === container),
      );
    });
  },
  fitFrame(store: EditorStore, container: string): void {
    store.command({ key: 'loops:commands.resize' }, (draft) => fitFrame(draft, store.catalogue, container));
  },
  async tidy(store: EditorStore, sizes: Sizes): Promise<void> {
    const { flow, selection } = store.getState();
    const ids = selection.nodes.length > 1 ? selection.nodes : Object.keys(flow.nodes);
    const places = await tidyPlaces(flow, store.catalogue, ids, sizes);
    store.command(named('tidy'), (draft) => moveNodes(draft, places));
  },

  duplicate(store: EditorStore, ids: readonly string[], by: Point = pasteOffset): string[] {
    let fresh: string[] = [];
    if (ids.length === 0) return fresh;
    store.command(named('duplicate', { count: ids.length }), (draft) => {
      fresh = duplicateNodes(draft, ids, by);
      growAround(draft, store.catalogue, fresh);
    });
    store.select({ nodes: fresh });
    return fresh;
  },
  /** The selected steps as text for the clipboard; null when none is selected. */
  copyText(store: EditorStore): string | null {
    const { flow, selection } = store.getState();
    return selection.nodes.length === 0 ? null : `${JSON.stringify(copyNodes(flow, selection.nodes), null, 2)}\n`;
  },
  /** Puts copied steps in, at `at` (their top left corner) or a little beside where they stood. Null: the text holds no steps. */
  pasteText(store: EditorStore, text: string, at?: Point): string[] | null {
    const fragment = readFragment(text);
    if (fragment === null) return null;
    const places = Object.values(fragment.layout);
    const left = Math.min(...places.map((place) => place.x));
    const top = Math.min(...places.map((place) => place.y));
    const home = pasteHome(store, fragment);
    const to = at ?? (home === undefined ? undefined : firstInside(boxOf(store.getState().flow, store.catalogue, home)));
    const by = to === undefined || places.length === 0 ? pasteOffset : { x: to.x - left, y: to.y - top };
    let fresh: string[] = [];
    store.command(named('paste', { count: Object.keys(fragment.nodes).length }), (draft) => {
      fresh = insertFragment(draft, fragment, by, () => home);
      growAround(draft, store.catalogue, fresh);
    });
    store.select({ nodes: fresh });
    return fresh;
  },

  rename(store: EditorStore, id: string, title: string): void {
    store.command(named('rename'), (draft) => renameNode(draft, id, title));
  },
  renameFlow(store: EditorStore, name: string): void {
    const trimmed = name.trim().slice(0, 200);
    if (trimmed === '') return;
    store.command(named('renameFlow'), (draft) => {
      draft.name = trimmed;
    });
  },
  toggleBypass(store: EditorStore, ids: readonly string[]): void {
    store.command(named('bypass', { count: ids.length }), (draft) => toggleBypass(draft, ids));
  },

  /** One setting of a node. Typing in one field is one step. */
  setConfig(store: EditorStore, node: string, path: readonly (string | number)[], value: Json | undefined): void {
    store.command(named('setting'), (draft) => setSetting(draft, store.catalogue, node, path, value), {
      coalesce: `config:${node}:${path.join('/')}`,
    });
  },
  switchFromDemo(store: EditorStore, model: string): void {
    const { length: count } = demoSteps(store.getState().flow.nodes);
    store.command({ key: 'run:switched', params: { count } }, (draft) => switchFromDemo(draft, model));
  },
  /** The literal of an input port without a wire. */
  setValue(store: EditorStore, node: string, port: string, value: Json | undefined): void {
    store.command(named('setting'), (draft) => setValue(draft, node, port, value), { coalesce: `value:${node}:${port}` });
  },
  /** Text with a new chip in it, the chip's port and its wire: one step. */
  insertChip(store: EditorStore, chip: ChipPlace & { text: string; port: string; from: string }): void {
    store.seal();
    store.command(named('insertChip'), (draft) => insertChip(draft, chip));
  },
  promoteToInput(store: EditorStore, node: string, port: string): void {
    store.command(named('promote'), (draft) => promoteToInput(draft, store.catalogue, node, port));
  },
};
