import type { RunSource } from '../resources.ts';
import type { PreparedRun } from './prepare-run.ts';

/** A run that is under way in this process. */
export interface LiveRun {
  workspaceId: string;
  flowId: string;
  source: RunSource;
  cancel(cause: string): void;
}

export const liveRun = ({ target, source }: PreparedRun, cancel: LiveRun['cancel']): LiveRun => ({
  workspaceId: target.workspaceId,
  flowId: target.flowId,
  source,
  cancel,
});

/** Runs under way by id: what can be stopped. */
export type LiveRuns = Map<string, LiveRun>;
