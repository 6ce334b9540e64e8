import type { Files } from '@patchbay/node-kit';

/** About a page. */
const standInText = 'and '.repeat(500);

/** Files where nothing is to happen: what is there is read, since reading calls nobody; what is not is as long as a page; nothing is kept. */
export const rehearsingFiles = ({ open, text }: Files): Files => ({
  open: (value, kind) =>
    open(value, kind).catch(() => ({ type: 'media' as const, mediaType: `${kind ?? 'application'}/octet-stream`, base64: '' })),
  save: async ({ mediaType, base64, name }) => ({ mediaType, base64, ...(name === undefined ? {} : { name }) }),
  text: (value, options) => text(value, options).catch(() => ({ text: standInText, pages: [standInText], kind: 'text' as const })),
});
