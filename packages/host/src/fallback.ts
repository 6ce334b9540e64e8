import { type ChatChunk, ModelError } from '@patchbay/models';
import type { Calls } from './calls-of-step.ts';
import type { Choice, Registry } from './registry.ts';

/** What another provider may do better: this one is down, at its limit, or does not accept us. */
const elsewhere: ReadonlySet<string> = new Set(['provider_unavailable', 'rate_limited', 'auth']);

const mayFallBack = (error: unknown): boolean => error instanceof ModelError && elsewhere.has(error.errorClass);

/** Chat calls that go on to the fallbacks of a choice; one without any is called as it is. */
export const fallingBack = (calls: Calls, registry: Registry): Calls => ({
  ...calls,
  generate: (choice, asked) =>
    choice.fallbacks === undefined
      ? calls.generate(choice, asked)
      : firstThatAnswers(registry, choice, (next) => calls.generate(next, { ...asked, model: next.model })),
  write: (choice, asked) =>
    choice.fallbacks === undefined
      ? calls.write(choice, asked)
      : firstThatStreams(registry, choice, (next) => calls.write(next, { ...asked, model: next.model })),
});

/** The choice after this one, looked up only when it is needed; one nobody connected is passed over. */
async function nextOf(registry: Registry, names: string[]): Promise<Choice | undefined> {
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    try {
      return await registry.choose(name);
    } catch (error) {
      if (!mayFallBack(error)) throw error;
    }
  }
  return undefined;
}

/** Asks the choice, then its fallbacks in order, as long as they fail in a way another may not. Rejects as the last asked did. */
async function firstThatAnswers<Result>(registry: Registry, first: Choice, ask: (choice: Choice) => Promise<Result>): Promise<Result> {
  const names = [...(first.fallbacks ?? [])];
  for (let choice = first; ; ) {
    try {
      return await ask(choice);
    } catch (error) {
      const next = mayFallBack(error) ? await nextOf(registry, names) : undefined;
      if (next === undefined) throw error;
      choice = next;
    }
  }
}

/** The same for a stream; once a chunk was handed out there is no other. */
async function* firstThatStreams(
  registry: Registry,
  first: Choice,
  ask: (choice: Choice) => AsyncIterable<ChatChunk>,
): AsyncGenerator<ChatChunk> {
  const names = [...(first.fallbacks ?? [])];
  for (let choice = first; ; ) {
    let begun = false;
    try {
      for await (const chunk of ask(choice)) {
        begun = true;
        yield chunk;
      }
      return;
    } catch (error) {
      const next = !begun && mayFallBack(error) ? await nextOf(registry, names) : undefined;
      if (next === undefined) throw error;
      choice = next;
    }
  }
}
