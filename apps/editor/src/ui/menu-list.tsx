import { Menu as Base } from '@base-ui/react/menu';
import type { RefObject } from 'react';
import type { LaterMenuProps } from './later-menu.tsx';
import { MenuItem, MenuPopup } from './menu.tsx';

export interface MenuListProps extends Omit<LaterMenuProps, 'trigger'> {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** An open menu beside the button that asked for it; focus goes back there. */
export function MenuList({ anchor, items, onClose, ...place }: MenuListProps) {
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <MenuPopup anchor={anchor} finalFocus={anchor} {...place}>
        {items.map(({ key, ...item }) => (
          <MenuItem key={key} {...item} />
        ))}
      </MenuPopup>
    </Base.Root>
  );
}
