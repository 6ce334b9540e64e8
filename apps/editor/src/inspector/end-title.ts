import type { FlowDocument, Locale } from '@patchbay/flow';
import type { Catalogue, PortType } from '@patchbay/node-kit';
import { endNode, endPort, nodeOf } from '../store/edits/ends.ts';
import { portsKept } from '../store/edits/ports.ts';
import { labelText, stepTitle } from '../store/titles.ts';

/** "Prompt · Text" and its type, for either end of a wire. */
export function endTitle(flow: FlowDocument, catalogue: Catalogue, locale: Locale, end: string): { text: string; type: PortType } {
  const node = nodeOf(flow, endNode(end));
  if (node === undefined) return { text: end, type: 'any' };
  const ports = portsKept(catalogue, node);
  const port = [...(ports?.outputs ?? []), ...(ports?.inputs ?? [])].find((candidate) => candidate.id === endPort(end));
  const step = stepTitle(catalogue, endNode(end), node, locale);
  return { text: `${step} · ${port === undefined ? endPort(end) : labelText(port.title, locale)}`, type: port?.type ?? 'any' };
}
