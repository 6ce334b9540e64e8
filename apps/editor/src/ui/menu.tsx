import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode, RefObject } from 'react';
import { join } from './join.ts';
import { Keys } from './keys.tsx';

export interface MenuProps {
  trigger: ReactElement;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
  children: ReactNode;
}

export function Menu({ trigger, children, ...place }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <MenuPopup {...place}>{children}</MenuPopup>
    </Base.Root>
  );
}

interface MenuPopupProps extends Omit<MenuProps, 'trigger'> {
  /** Only where no trigger of its own opens it. */
  anchor?: RefObject<HTMLElement | null>;
  finalFocus?: RefObject<HTMLElement | null>;
}

export function MenuPopup({ align = 'end', side = 'bottom', anchor, finalFocus, children }: MenuPopupProps) {
  return (
    <Base.Portal>
      <Base.Positioner {...(anchor && { anchor })} side={side} align={align} sideOffset={4} className="z-50">
        <Base.Popup
          {...(finalFocus && { finalFocus })}
          className="floating scroll max-h-(--available-height) min-w-44 p-1 text-body outline-none"
        >
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

export interface MenuItemProps {
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, keys, danger = false, disabled = false, onClick, children }: MenuItemProps) {
  return (
    <Base.Item
      onClick={onClick}
      disabled={disabled}
      className={join(
        'flex h-8 items-center gap-2 rounded-chip px-2 outline-none select-none data-highlighted:bg-sunken data-disabled:opacity-40 pointer-coarse:h-11 [&_svg]:size-4',
        danger ? 'text-bad' : 'text-ink',
      )}
    >
      {icon}
      <span className="flex-1">{children}</span>
      {keys !== undefined && <Keys keys={keys} />}
    </Base.Item>
  );
}

export const MenuSeparator = () => <Base.Separator className="mx-1 my-1 h-px bg-line" />;
