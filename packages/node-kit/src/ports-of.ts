import { describeProblem, type FlowNode, issueProblem, type Json, type ShapeIssue } from '@patchbay/flow';
import { type ChipSlot, chipPorts, collectChips } from './chips.ts';
import { configOf } from './config-of.ts';
import type { NodeDefinition } from './definition.ts';
import type { OutputPort, Ports } from './ports.ts';

/** The output that exists when a node's failure rule is `error-output`; it carries `{ class, message, node }`. */
export const errorPort: OutputPort = { id: 'error', title: { en: 'Error', 'zh-Hans': '错误' }, type: 'data' };

export interface ConfigIssue extends ShapeIssue {
  /** The English sentence; `describeProblem` over `issueProblem(issue)` gives the reader's. */
  message: string;
}

export interface ResolvedNode extends Ports {
  /** The config with defaults filled in; the raw one where it does not parse. */
  config: Record<string, Json>;
  slots: ChipSlot[];
  /** What the config schema has against it, with paths inside the config. */
  issues: ConfigIssue[];
}

/** A placed node's real ports: its type's, one per chip, and the error output where the rule asks for it. */
export function portsOf(definition: NodeDefinition, node: FlowNode): ResolvedNode {
  const { config, usable, issues } = configOf(definition, node.config);
  const own = definition.ports(usable);
  const slots = collectChips(definition, config);
  const taken = new Set(own.inputs.map((port) => port.id));
  return {
    config,
    slots,
    issues: issues.map((issue) => ({ ...issue, message: describeProblem(issueProblem(issue), 'en') })),
    inputs: [...own.inputs, ...chipPorts(slots).filter((port) => !taken.has(port.id))],
    outputs: node.onError?.rule === 'error-output' ? [...own.outputs, errorPort] : own.outputs,
  };
}
