import type { FanInRule } from '@patchbay/flow';
import { type Conversion, conversion, isList, itemType, type PortType } from '@patchbay/node-kit';
import type { FanIn } from './plan.ts';

/** How a port makes one value of its edges, with the conversion of the whole prepared. */
export function fanInOf(rule: FanInRule | undefined, type: PortType): FanIn {
  if (rule === 'text') return { kind: 'text', whole: conversion('text', type) ?? 'same' };
  if (rule === 'list') return { kind: 'list', whole: type === 'text' ? 'list-to-text' : 'same' };
  return { kind: 'first' };
}

/** What is done to the value of one edge before the port's rule sees it. */
export function intoPort(from: PortType, to: PortType, fanIn: FanIn): Conversion {
  if (fanIn.kind === 'text') return conversion(from, 'text') ?? 'value-to-text';
  if (fanIn.kind === 'list') return conversion(from, isList(to) ? itemType(to) : 'any') ?? 'same';
  // What comes out of a port of any type is known only then; a text port must be given text.
  if (itemType(from) === 'any' && to === 'text') return 'value-to-text';
  return conversion(from, to) ?? 'same';
}
