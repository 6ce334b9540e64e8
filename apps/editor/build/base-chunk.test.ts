import { expect, test } from 'vitest';
import { baseChunk } from './base-chunk.ts';

const [base] = baseChunk.groups;
const inBase = (id: string) => base?.test.test(id) === true;

test.each([
  '/x/node_modules/.pnpm/react-dom@19.3.1/node_modules/react-dom/cjs/react-dom-client.production.js',
  '/x/node_modules/.pnpm/@tanstack+react-router@1/node_modules/@tanstack/react-router/dist/esm/link.js',
  '/x/node_modules/lucide-react/dist/esm/createLucideIcon.mjs',
  '/x/apps/editor/src/ui/button.tsx',
  '/x/apps/editor/src/api/client.ts',
])('%s comes with the one file of all pages', (id) => expect(inBase(id)).toBe(true));

test.each([
  '/x/node_modules/lucide-react/dist/esm/icons/bot.mjs',
  '/x/node_modules/@xyflow/react/dist/esm/index.js',
  '/x/node_modules/react-markdown/lib/index.js',
  '/x/node_modules/zod/v4/core/schemas.js',
  '/x/apps/editor/src/ui/dialog.tsx',
  // Texts would then come with the first file, in all languages.
  '/x/apps/editor/src/i18n/words/app.ts',
])('%s comes with the pages that need it', (id) => expect(inBase(id)).toBe(false));
