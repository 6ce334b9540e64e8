import type { FanInRule } from '@patchbay/flow';
import { type Conversion, conversion, edgeConversion, type PortType } from '@patchbay/node-kit';
import type { FanIn } from './plan.ts';

/** How a port makes one value of its edges, with the conversion of the whole prepared. */
export function fanInOf(rule: FanInRule | undefined, type: PortType): FanIn {
  if (rule === 'text') return { kind: 'text', whole: conversion('text', type) ?? 'same' };
  if (rule === 'list') return { kind: 'list', whole: conversion('any[]', type) ?? 'same' };
  return { kind: 'first' };
}

/** What is done to the value of one edge before the port's rule sees it. What must not be wired was refused by the check. */
export const intoPort = (from: PortType, to: PortType, { kind }: FanIn): Conversion => edgeConversion(from, to, kind) ?? 'same';
