import { keyFileName } from '../secrets/key-file.ts';

/** The database in the data folder. */
export const databaseName = 'patchbay.db';

/** Folder of uploaded files and those that flows made. */
export const filesName = 'files';

/** Folder of the copies that are taken before upgrades and restores. */
export const copiesName = 'backups';

const unfinished = /\.restoring/;

/** What a data folder may hold and still count as empty: keys put there first, our own copies, what a killed restore left. */
export const isData = (name: string): boolean => name !== keyFileName && name !== copiesName && !unfinished.test(name);
