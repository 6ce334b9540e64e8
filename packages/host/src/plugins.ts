import { ModelError } from '@patchbay/models';
import type { LocalModels } from '../../../plugins/local-models/index.mjs';

export type { LocalModels };
export interface LocalModelsPlugin {
  openLocalModels(folder: string): LocalModels;
}

/**
 * The only code that is loaded besides this program's own: each plug-in by its place in the repository, written down here.
 * One that was not installed is not there.
 */
export async function loadLocalModels(): Promise<LocalModelsPlugin> {
  try {
    return await import('../../../plugins/local-models/index.mjs');
  } catch (cause) {
    throw new ModelError('invalid_input', 'plugin_missing', { plugin: 'local-models' }, { cause });
  }
}
