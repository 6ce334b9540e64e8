import type { CredentialRow } from '@patchbay/db';
import type { UsableBy } from '../resources.ts';

/** Whose runs may use it. What nobody here has written is not for everyone. */
export const usableByOf = ({ usableBy }: Pick<CredentialRow, 'usableBy'>): UsableBy => (usableBy === 'everyone' ? 'everyone' : 'managers');
