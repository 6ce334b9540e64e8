import type { CredentialResource } from '@patchbay/services/resources';
import { Ellipsis, KeyRound, Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { DeleteDialog, EditDialog, RotateDialog } from './dialogs.tsx';

export interface CredentialMenuProps {
  credential: CredentialResource;
  /** More that can be done. */
  children?: ReactNode;
  className?: string;
}

const asked = { rotate: RotateDialog, edit: EditDialog, delete: DeleteDialog };

/** What can be done with a connection or a secret, each in a window of its own. */
export function CredentialMenu({ credential, children, className }: CredentialMenuProps) {
  const { t } = useTranslation(['connections', 'app']);
  const [asking, setAsking] = useState<keyof typeof asked>();
  const isSecret = credential.kind === 'secret';
  const Asked = asking === undefined ? undefined : asked[asking];
  return (
    <>
      <Menu
        trigger={
          <IconButton
            label={t('card.actions', { title: credential.title })}
            icon={<Ellipsis />}
            {...(className === undefined ? {} : { className })}
          />
        }
      >
        <MenuItem icon={<KeyRound />} onClick={() => setAsking('rotate')}>
          {t(isSecret ? 'secrets.rotate' : 'card.rotate')}
        </MenuItem>
        <MenuItem icon={<Pencil />} onClick={() => setAsking('edit')}>
          {t(isSecret ? 'secrets.rename' : 'card.edit')}
        </MenuItem>
        {children}
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onClick={() => setAsking('delete')}>
          {t('app:delete')}
        </MenuItem>
      </Menu>
      {Asked !== undefined && <Asked credential={credential} onClose={() => setAsking(undefined)} />}
    </>
  );
}
