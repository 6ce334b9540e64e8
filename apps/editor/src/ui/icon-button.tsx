import { Button as Base } from '@base-ui/react/button';
import type { ComponentProps, ReactNode } from 'react';
import { join } from './join.ts';
import { tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<typeof Base>, 'className' | 'children'> {
  /** What it does: its accessible name and its tooltip. */
  label: string;
  /** Keys that do the same, shown in the tooltip. */
  keys?: string | undefined;
  icon: ReactNode;
  pressed?: boolean;
  className?: string;
}

/** A square button without words; the name is said to screen readers and shown on hover and focus. */
export function IconButton({ label, keys, icon, pressed, className, ...rest }: IconButtonProps) {
  return (
    <Base
      {...rest}
      {...tooltip(label, keys)}
      aria-label={label}
      aria-pressed={pressed}
      className={join(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-field text-ink2 transition-colors',
        'hover:bg-sunken hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink data-popup-open:bg-sunken',
        'disabled:cursor-not-allowed disabled:opacity-40 disabled:hover:bg-transparent pointer-coarse:size-11 [&_svg]:size-4',
        className,
      )}
    >
      {icon}
    </Base>
  );
}
