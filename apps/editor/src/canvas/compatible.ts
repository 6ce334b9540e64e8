import type { FlowDocument } from '@patchbay/flow';
import { type Catalogue, conversion, type InputPort, type OutputPort } from '@patchbay/node-kit';
import { circles } from '../store/edits/connect.ts';
import { faultOf } from '../store/edits/containers.ts';
import { endNode, endPort, joinEnd, nodeOf } from '../store/edits/ends.ts';
import { portsKept } from '../store/edits/ports.ts';
import type { LooseEnd } from './canvas-ui.ts';

/** All ends a loose wire may go to, as `input:node.port` or `output:node.port`. Reads stored documents only. */
export function openEnds(flow: FlowDocument, catalogue: Catalogue, loose: LooseEnd): Set<string> {
  const own = endNode(loose.end);
  const source = nodeOf(flow, own);
  const ports = source && portsKept(catalogue, source);
  const port = (loose.side === 'output' ? ports?.outputs : ports?.inputs)?.find((one) => one.id === endPort(loose.end));
  const open = new Set<string>();
  const wired = new Set(
    flow.edges.map((edge) => (loose.side === 'output' ? edge.from === loose.end && edge.to : edge.to === loose.end && edge.from)),
  );
  if (port === undefined) return open;
  const here = { node: own, port };
  const reachable = (node: string, other: InputPort | OutputPort) => {
    const there = { node, port: other };
    const [from, to] = loose.side === 'output' ? [here, there] : [there, here];
    return faultOf(flow, catalogue, from, to) === null;
  };
  for (const [id, node] of Object.entries(flow.nodes)) {
    if (id === own) continue;
    const other = portsKept(catalogue, node);
    const fits =
      loose.side === 'output'
        ? other?.inputs.filter((input) => conversion(port.type, input.type) !== null)
        : other?.outputs.filter((output) => conversion(output.type, port.type) !== null);
    if (fits === undefined || fits.length === 0) continue;
    // A circle is asked about last: it walks the wires.
    if (loose.side === 'output' ? circles(flow, own, id) : circles(flow, id, own)) continue;
    const side = loose.side === 'output' ? 'input' : 'output';
    for (const fit of fits) {
      if (!wired.has(joinEnd(id, fit.id)) && reachable(id, fit)) open.add(`${side}:${joinEnd(id, fit.id)}`);
    }
  }
  return open;
}
