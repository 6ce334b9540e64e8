export { type Compilation, compileFlow } from './compile-flow.ts';
export type { LoadedFlow, LoadFlow } from './load-flow.ts';
export type { Plan } from './plan.ts';
export type { Recall, RecalledStep } from './recall.ts';
export { runFlow } from './run-flow.ts';
export type { RunOptions } from './run-state.ts';
export { type StartedRun, startRun } from './start-run.ts';
