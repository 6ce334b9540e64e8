import type { Json } from '@patchbay/flow';
import { describeFailure, type ErrorClass, type Failure, fillChips, type Inside, type Outputs, StepError } from '@patchbay/node-kit';
import { StepContext } from '../step-context.ts';
import { createFakeWorld } from '../testing/fake-world.ts';
import type { GraphNode } from './graph.ts';
import type { ExpectedStep } from './interpret.ts';
import { into, type PortView } from './wires.ts';

/** What one node comes to, its failure rule included. */
export interface Evaluation {
  node: string;
  step: ExpectedStep;
  /** Its failure ends the run. */
  stops: boolean;
  /** What stopped the run. */
  failure?: Failure;
  /** Outputs on which chunks had come when it failed. */
  chunked: ReadonlySet<string>;
}

const again: readonly ErrorClass[] = ['rate_limited', 'timeout', 'provider_unavailable', 'bad_output'];

/** Where a node is evaluated: the scope, and what stands inside a container. */
export interface Place {
  scope: string;
  inside(attempt: number): Inside | undefined;
}

export async function evaluate(node: GraphNode, views: readonly PortView[], place: Place): Promise<Evaluation> {
  const rule = node.node.onError?.rule ?? 'stop';
  const tries = node.node.onError?.tries ?? (rule === 'retry' ? 3 : 1);
  let model = String(node.resolved.config['model']);
  for (let made = 1; ; made += 1) {
    const attempt = await tryOnce(node, views, model, { place, number: made });
    if ('values' in attempt)
      return { node: node.id, step: { status: 'succeeded', values: attempt.values }, stops: false, chunked: new Set() };
    const { thrown, chunked } = attempt;
    const read = [...chunked].some((port) => node.streamRead.has(port));
    const handled = (values: Record<string, Json>): Evaluation => ({
      node: node.id,
      step: { status: 'failed', values },
      stops: false,
      chunked,
    });
    if (!read) {
      const other = node.node.onError?.model ?? '';
      if (model !== other || rule !== 'fallback-model') {
        if (made < tries && again.includes(thrown.errorClass)) continue;
        if (rule === 'fallback-model' && !['invalid_input', 'budget_exceeded', 'cancelled'].includes(thrown.errorClass)) {
          model = other;
          continue;
        }
      }
      if (rule === 'fallback-value') return handled(node.node.onError?.values ?? {});
    }
    const { errorClass, reason, params } = thrown;
    const failure: Failure = { class: errorClass, reason, params, node: thrown.node ?? node.id };
    if (rule !== 'error-output') return { node: node.id, step: { status: 'failed' }, stops: true, failure, chunked };
    const { message } = describeFailure(failure, 'en');
    return handled({ error: { class: errorClass, message, node: failure.node ?? '' } });
  }
}

type Attempt = { values: Outputs } | { thrown: StepError; chunked: Set<string> };

const unreachable = (): never => {
  throw new Error('the reference runs no other flows');
};

interface Try {
  place: Place;
  number: number;
}

async function tryOnce(node: GraphNode, views: readonly PortView[], model: string, { place, number }: Try): Promise<Attempt> {
  const chunks = new Map<string, string>();
  try {
    const inputs = readInputs(views);
    const { pass } = node;
    if (pass !== undefined) return { values: { [pass.to]: into(pass.fromType, pass.toType, inputs[pass.from] ?? null) } };
    const config = { ...fillChips(node.resolved.config, node.resolved.slots, inputs), model };
    const owner = {
      runId: 'reference',
      scope: place.scope,
      world: createFakeWorld(),
      onCall: () => {},
      openFlows: () => unreachable(),
      openParts: () => unreachable(),
    };
    const context = new StepContext(owner, { index: 0, id: node.id }, number);
    const inside = place.inside(number);
    if (inside !== undefined) context.inside = inside;
    const result = node.definition.run({ config, inputs }, context);
    if (!(Symbol.asyncIterator in result)) return { values: await result };
    for (;;) {
      const next = await result.next();
      if (next.done === true) return { values: { ...Object.fromEntries(chunks), ...next.value } };
      chunks.set(next.value.port, (chunks.get(next.value.port) ?? '') + next.value.text);
    }
  } catch (thrown) {
    if (!(thrown instanceof StepError)) throw thrown;
    return { thrown, chunked: new Set([...chunks].flatMap(([port, text]) => (text === '' ? [] : [port]))) };
  }
}

function readInputs(views: readonly PortView[]): Record<string, Json> {
  const inputs: Record<string, Json> = {};
  for (const view of views) {
    if (view.state === 'value' && view.fault !== undefined) throw view.fault;
    const value = view.state === 'value' ? view.value : view.port.fallback;
    if (value === null && view.port.required && !view.port.chip)
      throw new StepError('invalid_input', 'value_missing', { port: view.port.id });
    inputs[view.port.id] = value;
  }
  return inputs;
}

/** Whether a node would fail before it reads a chunk: then it matters whether it starts before a stream breaks. */
export function failsAtStart(node: GraphNode, views: readonly PortView[]): boolean {
  try {
    fillChips(
      node.resolved.config,
      node.resolved.slots,
      readInputs(views.filter((view) => view.state === 'value' || view.state === 'closed')),
    );
    return false;
  } catch {
    return true;
  }
}
