import type { FlowDocument, Json } from '@patchbay/flow';
import { createMasker, type Kind, kinds, maskAtOnce, maskInTurns, maskText, mayHidePersonalData, type Secrets } from '@patchbay/guard';
import { isFileValue } from '@patchbay/node-kit';
import { nextTurn } from '../turns.ts';
import type { KeptStep, RunRecord } from './record-run.ts';
import { type Known, replacerOf } from './replace-known.ts';

/** What a flow's Mask steps hide: nothing of it is kept in the record of a run. */
export interface Hiding {
  kinds: readonly Kind[];
  /** Ids of the Mask steps. */
  nodes: ReadonlySet<string>;
}

/** The kinds any Mask step of a flow hides; undefined for a flow without one. */
export function hidingOf(flow: FlowDocument): Hiding | undefined {
  const masks = Object.entries(flow.nodes).filter(([, node]) => node.type === 'mask' && node.bypass !== true);
  if (masks.length === 0) return undefined;
  // A kind is on unless its switch says otherwise, as in the step's own settings.
  const wanted = kinds.filter((kind) => masks.some(([, { config }]) => config[kind] !== false));
  return { kinds: wanted, nodes: new Set(masks.map(([id]) => id)) };
}

/** What a run hides with all that ran inside it. */
export function hidingOfAll(own: Hiding | undefined, others: readonly Hiding[]): Hiding | undefined {
  if (others.length === 0) return own;
  const all = own === undefined ? others : [own, ...others];
  return { kinds: [...new Set(all.flatMap((one) => one.kinds))], nodes: new Set(all.flatMap((one) => [...one.nodes])) };
}

/** One text without what a flow hides. */
export const hidingText =
  ({ kinds: wanted }: Hiding) =>
  (text: string): string =>
    maskText(text, { kinds: wanted });

type Detail = Omit<RunRecord, 'steps'> & { steps: KeptStep[] };

/**
 * The record without what the flow hides: labels in all values and in what errors quote, and no list of hidden values.
 * A promise where there is much to look through, since others have their turn meanwhile.
 */
export function maskRecord(detail: Detail, hiding: Hiding): Detail | Promise<Detail> {
  const found = detail.steps.flatMap(({ node = '', outputs }) => (hiding.nodes.has(node) ? Object.entries(secretsIn(outputs)) : []));
  const texts = createHider([...new Map(found.map(([label, value]) => [value, label]))], hiding);
  const masked = hideIn(detail, hiding.nodes, texts.hide);
  const rest = texts.rest();
  return rest === undefined ? masked : rest.then(() => hideIn(detail, hiding.nodes, texts.hide));
}

function hideIn(detail: Detail, masks: Hiding['nodes'], hide: (text: string) => string): Detail {
  const hideAll = <Value>(value: Value): Value => mapTexts(value as Json, hide) as Value;
  const hideStep = (step: KeptStep): KeptStep => {
    const { secrets: _, ...outputs } = step.outputs ?? {};
    return {
      ...step,
      outputs: hideAll(masks.has(step.node ?? '') && step.outputs !== undefined ? outputs : step.outputs),
      error: hideAll(step.error),
    };
  };
  const { inputs, outputs, error } = detail;
  return { ...detail, inputs: hideAll(inputs), outputs: hideAll(outputs), error: hideAll(error), steps: detail.steps.map(hideStep) };
}

interface Hider {
  /** A text as it may be kept. What is too much for one turn is given back unchanged, and waits. */
  hide(text: string): string;
  /** Looks through what waits, in turns, so that `hide` knows all it is asked for again; undefined where nothing does. */
  rest(): Promise<void> | undefined;
}

/** A value stands in the record of each step it passed: it is looked at once. */
function createHider(values: readonly Known[], { kinds: wanted }: Hiding): Hider {
  const replacer = replacerOf(values);
  const seen = new Map<string, string>();
  const waiting = new Set<string>();
  let looked = 0;
  const look = (text: string): string => {
    looked += text.length;
    const shown = maskText(replacer.replace(text), { kinds: wanted });
    seen.set(text, shown);
    return shown;
  };
  const lookInTurns = async (text: string): Promise<void> => {
    const replaced = await replacer.replaceInTurns(text, nextTurn);
    const shown = mayHidePersonalData(replaced) ? await maskInTurns(replaced, createMasker({ kinds: wanted }), nextTurn) : replaced;
    seen.set(text, shown);
  };
  const lookThrough = async (): Promise<void> => {
    for (const text of waiting) {
      if (looked + text.length > maskAtOnce) {
        await nextTurn();
        looked = 0;
      }
      if (text.length > maskAtOnce) await lookInTurns(text);
      else look(text);
    }
  };
  return {
    hide: (text) => {
      const known = seen.get(text);
      if (known !== undefined) return known;
      if (looked + text.length <= maskAtOnce) return look(text);
      waiting.add(text);
      return text;
    },
    rest: () => (waiting.size === 0 ? undefined : lookThrough()),
  };
}

function secretsIn(outputs: KeptStep['outputs']): Secrets {
  const secrets = outputs?.['secrets'];
  if (typeof secrets !== 'object' || secrets === null || Array.isArray(secrets)) return {};
  return Object.fromEntries(Object.entries(secrets).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Every text and every name in a value put through a function; a number stays one unless it is something to hide. */
function mapTexts(value: Json | undefined, change: (text: string) => string): Json | undefined {
  if (typeof value === 'string') return change(value);
  if (typeof value === 'number') {
    const shown = change(String(value));
    return shown === String(value) ? value : shown;
  }
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change) as Json);
  if (typeof value !== 'object' || value === null) return value;
  // A reference to a file stays one; what a person called the file may say something.
  if (isFileValue(value)) return typeof value['name'] === 'string' ? { ...value, name: change(value['name']) } : value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([name, item]) => [change(name), mapTexts(item, change) as Json]));
}
