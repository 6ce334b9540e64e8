import type { Json, Locale, Problem } from '@patchbay/flow';
import { toPointer } from '@patchbay/flow';
import type { ConfigSchema, FieldUi, PortType } from '@patchbay/node-kit';
import { createContext, useContext } from 'react';
import type { ConfigPath } from '../../store/edits/setting.ts';

/** What every field of one step's form shares. */
export interface FormScope {
  node: string;
  locale: Locale;
  problems: readonly Problem[];
  /** Writes one setting; typing in one field is one undo step. Undefined takes it away. */
  write: (path: ConfigPath, value: Json | undefined) => void;
}

export interface FieldProps {
  path: ConfigPath;
  schema: ConfigSchema;
  ui: FieldUi;
  value: Json | undefined;
  /** The type chosen beside this field, where one is: a default or example is edited as such a value. */
  siblingType: PortType | undefined;
}

export const FormContext = createContext<FormScope | null>(null);

export function useForm(): FormScope {
  const scope = useContext(FormContext);
  if (scope === null) throw new Error('A field outside of a form');
  return scope;
}

const pointerOf = (node: string, path: ConfigPath): string => toPointer(['nodes', node, 'config', ...path]);

/** What is wrong with one place of the config, and with what lies inside it if `deep`. */
export function problemsAt({ node, problems }: FormScope, path: ConfigPath, deep: boolean): readonly Problem[] {
  const pointer = pointerOf(node, path);
  return problems.filter((problem) => problem.pointer === pointer || (deep && problem.pointer.startsWith(`${pointer}/`)));
}
