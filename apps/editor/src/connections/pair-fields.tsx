import { useTranslation } from 'react-i18next';
import { SecretInput } from './secret-input.tsx';
import type { TypedKey } from './typed-key.ts';

/** What belongs to the id of an access key. */
export function PairFields({ typed, set }: { typed: TypedKey; set: (change: Partial<TypedKey>) => void }) {
  const { t } = useTranslation('connections');
  return (
    <>
      <SecretInput label={t('add.secret')} help={t('add.secretHelp')} value={typed.secret} onChange={(secret) => set({ secret })} />
      <SecretInput
        label={t('add.token')}
        mark={t('add.optional')}
        help={t('add.tokenHelp')}
        value={typed.token}
        onChange={(token) => set({ token })}
      />
    </>
  );
}
