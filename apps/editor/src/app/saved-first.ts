import i18next from 'i18next';
import type { EditorStore } from '../store/types.ts';

/** What runs and what is published is what the server holds: rejects with a sentence where the draft could not be saved. */
export class NotSavedError extends Error {}

export async function savedFirst(store: EditorStore): Promise<void> {
  await store.saveNow();
  const { save } = store.getState();
  if (save.kind === 'refused') throw new NotSavedError(save.message);
  if (save.kind === 'offline') throw new NotSavedError(i18next.t('app:unreachable'));
  if (save.kind === 'conflict') throw new NotSavedError(i18next.t('app:conflict.title'));
}
