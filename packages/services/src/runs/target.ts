import type { Plan } from '@patchbay/engine';
import { compileFlow } from '@patchbay/engine';
import type { FlowDocument, Locale } from '@patchbay/flow';
import type { TalkingFlow } from '@patchbay/host';
import { configOf, describeProblem, type FlowCall, type FlowField, type FlowSign, flowFace, mayWait } from '@patchbay/node-kit';
import type { Deps } from '../deps.ts';
import type { FieldError } from '../service-error.ts';
import { flowCalls } from './flow-calls.ts';
import { type Hiding, hidingOf, hidingText } from './mask-record.ts';

/** A flow made ready to be run any number of times. */
export interface Target {
  workspaceId: string;
  flowId: string;
  flowName: string;
  /** Null for a draft. */
  version: number | null;
  plan: Plan;
  inputs: readonly FlowField[];
  /** What it says of itself to steps that may run it. */
  sign: FlowSign;
  /** What is left out of the record of a run. */
  hiding: Hiding | undefined;
  /** Its talks, without what it hides. */
  talks: TalkingFlow;
  /** A step of it may wait for a person or a time, so its runs are durable. */
  waits: boolean;
  /** The flows its steps run, as they name them. */
  calls: readonly Pick<FlowCall, 'flow' | 'version'>[];
}

export interface TargetOf {
  workspaceId: string;
  flowId: string;
  version: number | null;
  flow: FlowDocument;
}

/** The flow compiled, or every problem that stands in the way. */
export function makeTarget(
  deps: Pick<Deps, 'catalogue'>,
  { flow, ...of }: TargetOf,
  locale: Locale,
): { target: Target } | { errors: FieldError[] } {
  const compiled = compileFlow(flow, deps.catalogue);
  if (!compiled.ok) {
    const errors = compiled.problems.map((problem) => ({ pointer: problem.pointer, message: describeProblem(problem, locale) }));
    return { errors };
  }
  const hiding = hidingOf(flow);
  const face = flowFace(flow, deps.catalogue);
  return {
    target: {
      ...of,
      flowName: flow.name,
      plan: compiled.plan,
      inputs: face.inputs,
      sign: { ...face, name: flow.name, description: flow.description ?? '' },
      hiding,
      talks: { id: of.flowId, hide: hiding && hidingText(hiding) },
      waits: hasWaits(flow, deps.catalogue),
      calls: flowCalls(flow),
    },
  };
}

const hasWaits = ({ nodes }: FlowDocument, catalogue: Deps['catalogue']): boolean =>
  Object.values(nodes).some(({ type, config }) => {
    const definition = catalogue.get(type);
    return definition?.waits !== undefined && mayWait(definition, configOf(definition, config).usable);
  });
