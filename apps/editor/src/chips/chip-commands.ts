import type { FlowDocument, Json } from '@patchbay/flow';
import { chipTexts } from '@patchbay/node-kit';
import { connect, judgeConnection } from '../store/edits/connect.ts';
import { endPort, joinEnd, nodeOf } from '../store/edits/ends.ts';
import { portsNow } from '../store/edits/ports.ts';
import { type ConfigPath, readSetting, setSetting } from '../store/edits/setting.ts';
import type { EditorStore } from '../store/types.ts';
import { chipsIn, rewriteChips } from './chip-text.ts';

/** Where a text with chips stands in the document. */
export interface ChipTextPlace {
  node: string;
  path: ConfigPath;
}

const setting = { key: 'canvas:commands.setting' };
const chip = { key: 'canvas:commands.insertChip' };
const typing = ({ node, path }: ChipTextPlace): string => `config:${node}:${path.join('/')}`;

/** Wires that went with their last chip, by port: a chip that is cut and pasted elsewhere finds its value again. */
export type LostWires = Map<string, string>;

/** Writes what was typed. Chips that come back take their wire back, in the same step. */
export function writeText(store: EditorStore, place: ChipTextPlace, value: Json, lost: LostWires): void {
  const before = wiresInto(store.getState().flow, place.node);
  store.command(
    setting,
    (draft) => {
      setSetting(draft, store.catalogue, place.node, place.path, value);
      rewire(draft, store, place.node, lost);
    },
    { coalesce: typing(place) },
  );
  const after = wiresInto(store.getState().flow, place.node);
  for (const [port, from] of before) if (!after.has(port)) lost.set(port, from);
}

function wiresInto(flow: FlowDocument, node: string): Map<string, string> {
  return new Map(flow.edges.filter((edge) => edge.to.startsWith(`${node}.`)).map((edge) => [endPort(edge.to), edge.from]));
}

function rewire(draft: FlowDocument, store: EditorStore, node: string, lost: LostWires): void {
  if (lost.size === 0) return;
  for (const port of portsNow(store.catalogue, nodeOf(draft, node))?.inputs ?? []) {
    const from = port.chip === true ? lost.get(port.id) : undefined;
    const to = joinEnd(node, port.id);
    if (from === undefined || draft.edges.some((edge) => edge.to === to)) continue;
    if (judgeConnection(draft, store.catalogue, from, to).kind === 'fine') connect(draft, from, to);
  }
}

/**
 * Puts a chip into a text: text, port and wire in one step of its own. `clean` is the text without the `{{` that asked
 * for it: where the typing is still one step, that step ends before the braces, so that undo leaves none behind.
 */
export function placeChip(
  store: EditorStore,
  place: ChipTextPlace,
  chosen: { value: Json; clean?: Json; port: string; from: string },
): void {
  if (chosen.clean !== undefined) tidyTyping(store, place, chosen.clean);
  store.seal();
  store.command(chip, (draft) => {
    setSetting(draft, store.catalogue, place.node, place.path, chosen.value);
    const to = joinEnd(place.node, chosen.port);
    connect(draft, chosen.from, to, draft.edges.some((edge) => edge.to === to && edge.from !== chosen.from) ? 'replace' : undefined);
  });
}

/** Marks all chips of one name in a step as optional, or as required again. */
export function setOptional(store: EditorStore, node: string, port: string, optional: boolean): void {
  store.seal();
  store.command(setting, (draft) => {
    for (const { path, text } of textsOf(draft, store, node)) {
      const next = rewriteChips(text, port, { optional });
      if (next !== text) setSetting(draft, store.catalogue, node, path, next);
    }
  });
}

/** Whether every chip of this name may stay empty. */
export function isOptional(flow: FlowDocument, store: EditorStore, node: string, port: string): boolean {
  const chips = textsOf(flow, store, node).flatMap(({ text }) => chipsIn(text).filter((one) => one.port === port));
  return chips.length > 0 && chips.every((one) => one.optional);
}

function textsOf(flow: FlowDocument, store: EditorStore, node: string) {
  const placed = nodeOf(flow, node);
  const definition = placed && store.catalogue.get(placed.type);
  return placed === undefined || definition === undefined ? [] : chipTexts(definition, placed.config);
}

function tidyTyping(store: EditorStore, { node, path }: ChipTextPlace, clean: Json): void {
  const held = readSetting(nodeOf(store.getState().flow, node)?.config, path);
  if (held === undefined || held === clean) return;
  const depth = store.getState().undoStack.length;
  store.command(setting, (draft) => setSetting(draft, store.catalogue, node, path, clean), { coalesce: typing({ node, path }) });
  if (store.getState().undoStack.length > depth) store.undo();
}
