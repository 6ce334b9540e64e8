import { type ComponentType, createElement, lazy, Suspense, useState } from 'react';

export type LazyPart<Props> = ComponentType<Props> & {
  /** Resolves when the part can be drawn. */
  load: () => Promise<void>;
};

const loads: (() => Promise<unknown>)[] = [];

/**
 * A part of a page whose code is fetched apart: when it is first drawn, or before, when the page has nothing to do.
 * Once fetched it is drawn at once, without an empty moment.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  let ready: ComponentType<Props> | undefined;
  const fetched = async () => {
    ready = await load();
    return { default: ready };
  };
  const Later: ComponentType<Props> = lazy(fetched);
  loads.push(fetched);
  const Part = (props: Props) => {
    // What a place began with it keeps: another component there would lose what was typed.
    const [Drawn] = useState(() => ready ?? Later);
    return <Suspense>{createElement(Drawn, props)}</Suspense>;
  };
  return Object.assign(Part, { load: async () => void (await fetched()) });
}

/** Fetches every part known so far. */
export const loadParts = async (): Promise<void> => void (await Promise.all(loads.map((load) => load())));

/** Fetches the parts when the browser is idle, so that a click need not wait for one. Answers how to call it off. */
export function loadPartsWhenIdle(): () => void {
  const load = () => void loadParts().catch(() => undefined);
  if (window.requestIdleCallback === undefined) {
    const timer = setTimeout(load, 1_000);
    return () => clearTimeout(timer);
  }
  const asked = window.requestIdleCallback(load, { timeout: 3_000 });
  return () => window.cancelIdleCallback(asked);
}
