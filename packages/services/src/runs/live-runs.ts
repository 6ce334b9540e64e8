/** A run that is under way in this process. */
export interface LiveRun {
  workspaceId: string;
  cancel(cause: string): void;
}

/** Runs under way by id: what can be stopped. */
export type LiveRuns = Map<string, LiveRun>;
