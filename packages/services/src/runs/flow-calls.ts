import { type FlowDocument, isRecord, type Json } from '@patchbay/flow';
import type { FlowCall } from '@patchbay/node-kit';

type Call = Pick<FlowCall, 'flow' | 'version'>;

/** The flows that steps and tools of a flow name. */
export const flowCalls = ({ nodes }: FlowDocument): Call[] =>
  Object.values(nodes).flatMap(({ type, config, bypass }): Call[] => {
    if (bypass === true) return [];
    if (type === 'sub_flow') return [callOf(config)];
    const { tools } = config;
    if (type !== 'agent' || !Array.isArray(tools)) return [];
    return tools.flatMap((tool) => (isRecord(tool) && tool['kind'] === 'flow' ? [callOf(tool as Record<string, Json>)] : []));
  });

function callOf({ flow, version, number }: Record<string, Json>): Call {
  const name = typeof flow === 'string' ? flow.trim() : '';
  if (version === 'draft') return { flow: name, version };
  return { flow: name, version: version === 'number' && typeof number === 'number' ? Math.floor(number) : null };
}
