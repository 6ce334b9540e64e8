import { Field as Base } from '@base-ui/react/field';
import type { Locale, Problem } from '@patchbay/flow';
import { describeProblem } from '@patchbay/node-kit';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { join } from '../../ui/join.ts';

/** Ids by which a control that is not a plain input names and describes itself. */
export interface FrameIds {
  labelId: string;
  describedBy: string | undefined;
  invalid: boolean;
}

export interface FieldFrameProps {
  label: string;
  help?: string | undefined;
  mark?: ReactNode;
  problems?: readonly Problem[];
  /** A fault of what is typed just now, which is not in the document. */
  fault?: string | undefined;
  locale: Locale;
  /** The control stands beside the label instead of under it. */
  inline?: boolean;
  /** The control is none a label element can point to. */
  custom?: boolean;
  children: ReactNode | ((ids: FrameIds) => ReactNode);
}

/** What is only unfinished is amber, as its port on the canvas is; red is for what is wrong. */
const unfinished = new Set(['required_input_missing', 'chip_not_connected', 'output_not_connected']);
export const weightOf = (problem: Problem): Problem['severity'] => (unfinished.has(problem.code) ? 'warning' : problem.severity);

/** Label, control, help and what is wrong, in one order everywhere. */
export function FieldFrame({ label, help, mark, problems = [], fault, locale, inline = false, custom = false, children }: FieldFrameProps) {
  const id = useId();
  const invalid = fault !== undefined || problems.some((problem) => weightOf(problem) === 'error');
  const hasNotes = help !== undefined || fault !== undefined || problems.length > 0;
  const ids: FrameIds = { labelId: `${id}-label`, describedBy: hasNotes ? `${id}-notes` : undefined, invalid };
  const control = typeof children === 'function' ? children(ids) : children;
  return (
    <Base.Root invalid={invalid} className="flex min-w-0 flex-col gap-1" data-field={label}>
      <div className={join('flex min-w-0 gap-2', inline ? 'items-center justify-between' : 'items-baseline')}>
        <Base.Label
          id={ids.labelId}
          className="min-w-0 text-body font-medium text-ink"
          {...(custom ? { nativeLabel: false, render: <span /> } : {})}
        >
          {label}
        </Base.Label>
        {mark !== undefined && <span className="text-meta text-ink3">{mark}</span>}
        {inline && control}
      </div>
      {!inline && control}
      {hasNotes && (
        <div id={ids.describedBy} className="flex flex-col gap-1 text-port">
          {help !== undefined && <Base.Description className="text-ink3 text-pretty">{help}</Base.Description>}
          {fault !== undefined && <Notice sentence={fault} severity="error" />}
          {problems.map((problem) => (
            <Notice key={`${problem.code}${problem.pointer}`} sentence={describeProblem(problem, locale)} severity={weightOf(problem)} />
          ))}
        </div>
      )}
    </Base.Root>
  );
}

/** One thing that is wrong, with its weight as a glyph besides the colour. */
export function Notice({ sentence, severity }: { sentence: string; severity: Problem['severity'] }) {
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
  return (
    <p className={join('flex items-start gap-1.5 text-port text-pretty', severity === 'error' ? 'text-bad' : 'text-warn')}>
      <Icon className="mt-px size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0 break-words">{sentence}</span>
    </p>
  );
}
