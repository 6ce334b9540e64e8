import type { FlowNode, Json } from '@patchbay/flow';
import { type ChipSlot, chipPorts, collectChips } from './chips.ts';
import type { NodeDefinition } from './definition.ts';
import type { OutputPort, Ports } from './ports.ts';

/** The output that exists when a node's failure rule is `error-output`; it carries `{ class, message, node }`. */
export const errorPort: OutputPort = { id: 'error', title: { en: 'Error', 'zh-Hans': '错误' }, type: 'data' };

export interface ResolvedNode extends Ports {
  /** The config with defaults filled in; the raw one where it does not parse. */
  config: Record<string, Json>;
  slots: ChipSlot[];
  /** What the config schema has against it, with pointers inside the config. */
  issues: { path: (string | number)[]; message: string }[];
}

/** A placed node's real ports: its type's, one per chip, and the error output where the rule asks for it. */
export function portsOf(definition: NodeDefinition, node: FlowNode): ResolvedNode {
  const parsed = definition.config.safeParse(node.config);
  const config = parsed.success ? parsed.data : node.config;
  const issues = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ path: issue.path.filter((key) => typeof key !== 'symbol'), message: issue.message }));
  const own = definition.ports(parsed.success ? parsed.data : definition.config.parse({}));
  const slots = collectChips(definition, config);
  const taken = new Set(own.inputs.map((port) => port.id));
  return {
    config,
    slots,
    issues,
    inputs: [...own.inputs, ...chipPorts(slots).filter((port) => !taken.has(port.id))],
    outputs: node.onError?.rule === 'error-output' ? [...own.outputs, errorPort] : own.outputs,
  };
}
