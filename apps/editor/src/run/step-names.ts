import type { FlowDocument, Locale } from '@patchbay/flow';
import type { Catalogue, SkipReason } from '@patchbay/node-kit';
import i18next from 'i18next';
import { portsKept } from '../store/edits/ports.ts';
import { labelText, stepTitle } from '../store/titles.ts';

/** What steps are called, by id; a step that is gone keeps its id. */
export interface StepNames {
  (id: string): string;
  /** One of its outputs. */
  output(id: string, port: string): string;
  /** A part of what a step does, as a call of an agent's; undefined where its parts are steps of the flow. */
  part(id: string, part: string): string | undefined;
}

export function stepNames(flow: FlowDocument | undefined, catalogue: Catalogue, locale: Locale): StepNames {
  const nodeOf = (id: string) => (flow !== undefined && Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined);
  const step = (id: string): string => {
    const node = nodeOf(id);
    return node === undefined ? id : stepTitle(catalogue, id, node, locale);
  };
  const output = (id: string, port: string): string => {
    const node = nodeOf(id);
    const found = node && portsKept(catalogue, node)?.outputs.find((one) => one.id === port);
    return found === undefined ? port : labelText(found.title, locale);
  };
  const part = (id: string, name: string): string | undefined => {
    const node = nodeOf(id);
    const title = node && catalogue.get(node.type)?.partTitle;
    return node && title?.(portsKept(catalogue, node)?.config ?? node.config, name)?.[locale];
  };
  return Object.assign(step, { output, part });
}

/** Why a step was skipped, in words. */
export function skipSentence(reason: { code: string; node: string; port?: string }, name: StepNames): string {
  const node = name(reason.node);
  if (reason.code === 'branch' && reason.port !== undefined)
    return i18next.t('run:skipReason.branchPort', { node, port: name.output(reason.node, reason.port) });
  const code =
    (['branch', 'bypass', 'source_failed', 'not_wanted'] satisfies SkipReason['code'][]).find((known) => known === reason.code) ?? 'branch';
  return i18next.t(`run:skipReason.${code}`, { node });
}
