import type { Code, Http, Models, World } from '@patchbay/node-kit';

/** A world in which nothing can be reached; the clock counts the questions asked of it. */
export function createFakeWorld(parts: Partial<World> = {}): World {
  let now = 1_000;
  return {
    locale: 'en',
    models: (): Models => unreachable(),
    http: (): Http => unreachable(),
    code: (): Code => unreachable(),
    log: () => () => {},
    now: () => {
      now += 1;
      return now;
    },
    random: () => 0.5,
    ...parts,
  };
}

function unreachable(): never {
  throw new Error('this world has no models, no http and no code');
}
