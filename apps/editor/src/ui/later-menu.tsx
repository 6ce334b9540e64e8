import { cloneElement, type KeyboardEvent, type ReactElement, type Ref, useRef, useState } from 'react';
import { lazyPart } from './lazy-part.tsx';
import type { MenuItemProps, MenuProps } from './menu.tsx';

const MenuList = lazyPart(async () => (await import('./menu-list.tsx')).MenuList);

export interface LaterMenuProps extends Omit<MenuProps, 'trigger' | 'children'> {
  trigger: ReactElement<Record<string, unknown> & { ref?: Ref<HTMLElement> }>;
  items: readonly (MenuItemProps & { key: string })[];
}

/** A menu of the frame of the page: a button at first; how it opens is fetched once the page stands. */
export function LaterMenu({ trigger, items, ...place }: LaterMenuProps) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <>
      {cloneElement(trigger, {
        ref: anchor,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        ...(open ? { 'data-popup-open': '' } : {}),
        onClick: () => setOpen(!open),
        onKeyDown,
      })}
      {open && <MenuList anchor={anchor} items={items} onClose={() => setOpen(false)} {...place} />}
    </>
  );
}
