import { createContext, type ReactNode, useContext } from 'react';

/** What runs a part of the open flow, for whatever shows a step. */
export interface RunActions {
  runStep: (node: string) => void;
  runFrom: (node: string) => void;
  /** A run goes on. */
  running: boolean;
}

const RunActionsContext = createContext<RunActions>({ runStep: () => undefined, runFrom: () => undefined, running: false });

export function RunActionsProvider({ actions, children }: { actions: RunActions; children: ReactNode }) {
  return <RunActionsContext value={actions}>{children}</RunActionsContext>;
}

export const useRunActions = (): RunActions => useContext(RunActionsContext);
