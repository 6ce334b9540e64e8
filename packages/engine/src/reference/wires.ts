import type { Json } from '@patchbay/flow';
import { conversion, convert, isList, itemType, type PortType, type SkipReason, valueToText } from '@patchbay/node-kit';
import type { GraphPort, Wire } from './graph.ts';

/** What has become of an edge. `never`: its source waits for something that never comes, since the run has ended. */
export type WireState =
  | { state: 'value'; value: Json }
  | { state: 'closed' | 'broken'; reason: SkipReason | undefined }
  | { state: 'never' };

/** What a port comes to. `fault` is what a conversion throws. */
export type PortView = { port: GraphPort; reason?: SkipReason | undefined } & (
  | { state: 'value'; value: Json; fault?: unknown }
  | { state: 'closed' | 'broken' | 'never' }
);

export function viewPort(port: GraphPort, wires: ReadonlyMap<number, WireState>): PortView {
  const states = port.wires.map((wire) => ({ wire, state: wires.get(wire.index) ?? { state: 'never' as const } }));
  if (states.length === 0) return port.literal === undefined ? { port, state: 'closed' } : { port, state: 'value', value: port.literal };
  if (port.rule === 'first') return viewFirst(port, states);
  if (states.some(({ state }) => state.state === 'never')) return { port, state: 'never' };
  const present = states.filter(({ state }) => state.state === 'value');
  if (present.length === 0) return { port, state: 'closed', reason: firstReason(states) };
  return withFault(port, () => {
    const items = present.map(({ wire, state }) => item(port, wire, state));
    if (port.rule === 'text') return applied(conversion('text', port.type), items.map(valueToText).join('\n\n'));
    return port.type === 'text' ? valueToText(items) : items;
  });
}

type States = { wire: Wire; state: WireState }[];

function viewFirst(port: GraphPort, states: States): PortView {
  for (const { wire, state } of states) {
    if (state.state === 'closed') continue;
    if (state.state === 'value') return withFault(port, () => into(wire.fromType, port.type, state.value));
    return { port, state: state.state, reason: 'reason' in state ? state.reason : undefined };
  }
  return { port, state: 'closed', reason: firstReason(states) };
}

const firstReason = ([first]: States): SkipReason | undefined =>
  first !== undefined && 'reason' in first.state ? first.state.reason : undefined;

function withFault(port: GraphPort, read: () => Json): PortView {
  try {
    return { port, state: 'value', value: read() };
  } catch (fault) {
    return { port, state: 'value', value: null, fault };
  }
}

function item(port: GraphPort, wire: Wire, state: WireState): Json {
  const value = state.state === 'value' ? state.value : null;
  if (port.rule === 'text') return wire.fromType === 'any' ? valueToText(value) : applied(conversion(wire.fromType, 'text'), value);
  return into(wire.fromType, isList(port.type) ? itemType(port.type) : 'any', value);
}

/** A value of one type as another; what comes from a port of any type must become text for a text port. */
export function into(from: PortType, to: PortType, value: Json): Json {
  if (itemType(from) === 'any' && to === 'text') return applied('value-to-text', value);
  return applied(conversion(from, to), value);
}

const applied = (rule: ReturnType<typeof conversion>, value: Json): Json => convert(rule ?? 'same', value);
