import type { Json } from '@patchbay/flow';
import type { FlowField, PortType } from '@patchbay/node-kit';
import { readDrafts } from '../run/drafts.ts';

export type ReadValue = { ok: true; value: Json | undefined } | { ok: false; fault: 'number' | 'json' | 'misfit' };

/** What a control's draft stands for, as a value of a type; nothing typed is no value. */
export function readValue(type: PortType, options: readonly string[], draft: Json): ReadValue {
  if (draft === '') return { ok: true, value: type === 'text' ? '' : undefined };
  const field: FlowField = {
    id: 'value',
    title: '',
    help: '',
    type,
    required: false,
    default: null,
    example: null,
    options: [...options],
    node: '',
  };
  const { inputs, errors } = readDrafts([field], { value: draft });
  const error = errors.get('value');
  if (error === undefined) return { ok: true, value: inputs['value'] };
  return { ok: false, fault: error.kind === 'number' || error.kind === 'json' ? error.kind : 'misfit' };
}
