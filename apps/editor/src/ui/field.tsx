import { Field as Base } from '@base-ui/react/field';
import type { ComponentProps, ReactNode } from 'react';
import { join } from './join.ts';

export const controlLook =
  'w-full rounded-field border border-line-strong bg-surface px-3 text-field text-ink transition-colors hover:border-ink3 ' +
  'focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-ink3 data-invalid:border-bad aria-invalid:border-bad pointer-coarse:min-h-11';

export interface FieldProps {
  label: string;
  /** A word after the label: a type, "optional". */
  mark?: ReactNode;
  help?: string | undefined;
  /** What is wrong, in one sentence. */
  error?: string | undefined;
  name?: string;
  className?: string;
  children: ReactNode;
}

/** A labelled control with its help and its error; the control inside is named and described by them. */
export function Field({ label, mark, help, error, name, className, children }: FieldProps) {
  return (
    <Base.Root
      invalid={error !== undefined}
      className={join('flex min-w-0 flex-col gap-1', className)}
      {...(name === undefined ? {} : { name })}
    >
      <div className="flex items-baseline gap-2">
        <Base.Label className="text-body font-medium text-ink">{label}</Base.Label>
        {mark !== undefined && <span className="text-meta text-ink3">{mark}</span>}
      </div>
      {children}
      {help !== undefined && <Base.Description className="text-port text-ink3">{help}</Base.Description>}
      {error !== undefined && (
        <Base.Error match className="text-port text-bad">
          {error}
        </Base.Error>
      )}
    </Base.Root>
  );
}

type Control = Omit<ComponentProps<typeof Base.Control>, 'className'> & { className?: string };

export function TextInput({ className, ...rest }: Control) {
  return <Base.Control {...rest} className={join(controlLook, 'h-9', className)} />;
}

export function TextArea({ className, rows = 4, ...rest }: Omit<ComponentProps<'textarea'>, 'className'> & { className?: string }) {
  return <Base.Control render={<textarea {...rest} rows={rows} />} className={join(controlLook, 'resize-y py-2', className)} />;
}
