import type { AnswersRepository } from '@patchbay/db';
import type { AnswerStore } from '@patchbay/host';

/** Kept answers in the database, which is opened after the host is made. */
export const createAnswerStore = (answers: () => AnswersRepository, now: () => number): AnswerStore => ({
  read: (workspaceId, key, at) => answers().read(workspaceId, key, at),
  // A run that belongs to no workspace keeps nothing beyond the process.
  write: async (workspaceId, key, stored) => {
    if (workspaceId !== '') await answers().write(workspaceId, key, stored, now());
  },
});
