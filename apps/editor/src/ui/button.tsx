import { Button as Base } from '@base-ui/react/button';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { join } from './join.ts';

const looks = {
  primary: 'bg-accent text-on-accent font-medium hover:brightness-108 active:brightness-95',
  plain: 'bg-surface text-ink border border-line shadow-e1 hover:border-line-strong active:bg-sunken',
  quiet: 'text-ink2 hover:bg-sunken hover:text-ink active:bg-sunken',
  danger: 'bg-surface text-bad border border-line hover:border-bad',
} as const;

const sizes = {
  small: 'h-7 px-2 gap-1 text-port rounded-chip',
  medium: 'h-8 px-3 gap-2 text-body rounded-field',
  large: 'h-10 px-4 gap-2 text-field rounded-field',
} as const;

export interface ButtonProps extends Omit<ComponentProps<typeof Base>, 'className'> {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
  icon?: ReactNode;
  /** Shows that the work goes on; the button cannot be pressed meanwhile. */
  busy?: boolean;
  className?: string;
}

export function Button({ look = 'plain', size = 'medium', icon, busy = false, disabled, className, children, ...rest }: ButtonProps) {
  return (
    <Base
      {...rest}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={join(
        'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap transition-colors',
        'disabled:cursor-not-allowed disabled:opacity-50 pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0',
        looks[look],
        sizes[size],
        className,
      )}
    >
      {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : icon}
      {children}
    </Base>
  );
}
