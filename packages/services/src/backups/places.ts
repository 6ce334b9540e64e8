/** The database in the data folder. */
export const databaseName = 'patchbay.db';

/** What a data folder may hold and still count as empty: keys that were put there first, and copies we took ourselves. */
export const notData = (keyFileName: string): ReadonlySet<string> => new Set([keyFileName, 'backups']);
