import { keyFileName } from '../secrets/key-file.ts';

/** The database in the data folder. */
export const databaseName = 'patchbay.db';

/** Folder of uploaded files and those that flows made. */
export const filesName = 'files';

/** Folder of the copies that are taken before upgrades and restores. */
export const copiesName = 'backups';

/** Files whose locks say who works with the folder: empty, and there is always one where somebody did. */
export const lockName = 'patchbay.lock';
export const rotationLockName = 'rotation.lock';

const unfinished = /\.restoring/;
const ours = new Set([keyFileName, copiesName, lockName, rotationLockName]);

/** What a data folder may hold and still count as empty: keys put there first, our own copies and locks, what a killed restore left. */
export const isData = (name: string): boolean => !ours.has(name) && !unfinished.test(name);
