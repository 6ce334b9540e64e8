import type { Files } from '@patchbay/node-kit';
import { silence } from './silence.ts';

/** About a page. */
const standInText = 'and '.repeat(500);

const standIn = (kind: string | undefined) =>
  kind === 'audio'
    ? { type: 'media' as const, mediaType: 'audio/wav', base64: silence(60) }
    : { type: 'media' as const, mediaType: `${kind ?? 'application'}/octet-stream`, base64: '' };

/** Files where nothing is to happen: what is there is read, since reading calls nobody; what is not is as long as a page or a minute; nothing is kept. */
export const rehearsingFiles = ({ open, text }: Files): Files => ({
  open: (value, kind) => open(value, kind).catch(() => standIn(kind)),
  save: async ({ mediaType, base64, name }) => ({ mediaType, base64, ...(name === undefined ? {} : { name }) }),
  text: (value, options) => text(value, options).catch(() => ({ text: standInText, pages: [standInText], kind: 'text' as const })),
});
