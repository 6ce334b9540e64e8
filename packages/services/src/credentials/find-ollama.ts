import { type Ctx, requireScope } from '../context.ts';
import type { OllamaResource } from '../resources.ts';

/** A local server answers at once or is not there. */
const patienceMs = 1_500;

/** Looks whether an Ollama runs on this machine, where the environment says or at its usual address. */
export async function findOllama({ ctx }: { ctx: Ctx }): Promise<OllamaResource> {
  requireScope(ctx, 'manage');
  const { host } = ctx.deps;
  const ollama = host.environment.find(({ id }) => id === 'ollama');
  if (ollama === undefined) return { found: false, models: [] };
  try {
    return { found: true, models: await host.probe(ollama, { limitMs: patienceMs }) };
  } catch {
    return { found: false, models: [] };
  }
}
