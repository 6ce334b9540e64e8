import type { Json } from '@patchbay/flow';
import type { FlowCall, FlowSign } from '@patchbay/node-kit';
import type { Plan } from './plan.ts';

/** Another flow, ready to run as a part of a run. */
export interface LoadedFlow {
  plan: Plan;
  /** Which flow and version it is. One that stands above already is not run again. */
  key: string;
  /** The inputs as the flow takes them, checked. */
  inputs: Readonly<Record<string, Json>>;
}

/** Finds a flow by what a step says of it. Rejects with a StepError where there is none, or the inputs do not fit. */
export interface LoadFlow {
  (call: FlowCall): Promise<LoadedFlow>;
  /** What a flow takes and gives, for steps that let a model decide how to call it. */
  describe?(flow: Pick<FlowCall, 'flow' | 'version'>): Promise<FlowSign>;
}
