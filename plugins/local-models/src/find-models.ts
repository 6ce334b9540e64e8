import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalModel, LocalTask } from '../index.d.mts';

/** The end of the architecture's name says what a model is for; what none of them ends in gives vectors. */
const tasks: [ending: RegExp, task: LocalTask][] = [
  [/ForSequenceClassification$/, 'classify-text'],
  [/ForMaskedLM$/, 'fill-mask'],
  [/ForImageClassification$/, 'classify-image'],
  [/(?:ForCausalLM|LMHeadModel)$/, 'write'],
];

const nameOfFolder = /^[\w-][\w.-]*$/;

/** The models below a folder, `name` or `maker/name`, by their `config.json`. A folder that is not there holds none. */
export async function findModels(folder: string): Promise<LocalModel[]> {
  const models: LocalModel[] = [];
  for (const name of await foldersIn(folder)) {
    const model = await readModel(folder, name);
    if (model !== undefined) models.push(model);
    else
      for (const inner of await foldersIn(join(folder, name)))
        models.push(...[await readModel(folder, `${name}/${inner}`)].flatMap((found) => found ?? []));
  }
  return models;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .flatMap((entry) => ((entry.isDirectory() || entry.isSymbolicLink()) && nameOfFolder.test(entry.name) ? [entry.name] : []))
    .sort();
}

async function readModel(folder: string, name: string): Promise<LocalModel | undefined> {
  try {
    const { architectures = [] }: { architectures?: unknown } = JSON.parse(await readFile(join(folder, name, 'config.json'), 'utf8'));
    const architecture = String(Array.isArray(architectures) ? architectures[0] : '');
    return { name, task: tasks.find(([ending]) => ending.test(architecture))?.[1] ?? 'embed' };
  } catch {
    return undefined;
  }
}
