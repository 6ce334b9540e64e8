import './ui/styles.css';
import { applyLook } from './app/theme.ts';
import { wordsHere } from './i18n/words-here.ts';

// Schemas would otherwise be compiled with `new Function`, which the content security policy forbids.
// It must be set before zod is loaded, so the rest of the program is imported after it.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
// Built code looks here for its texts.
Object.assign(globalThis, { patchbayWords: wordsHere });
applyLook();

void import('./app/start.tsx').then(({ start }) => start());
