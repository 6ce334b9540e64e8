import { appWords } from './words/app.ts';
import { canvasWords } from './words/canvas.ts';
import { homeWords } from './words/home.ts';
import { inspectorWords } from './words/inspector.ts';
import { loopsWords } from './words/loops.ts';
import { publishWords } from './words/publish.ts';
import { reuseWords } from './words/reuse.ts';
import { runWords } from './words/run.ts';

const spaces = {
  app: appWords,
  canvas: canvasWords,
  home: homeWords,
  inspector: inspectorWords,
  loops: loopsWords,
  publish: publishWords,
  reuse: reuseWords,
  run: runWords,
};

/** All words of one language by namespace. */
const of = <Locale extends 'en' | 'zh-Hans'>(locale: Locale) => ({
  app: spaces.app[locale],
  canvas: spaces.canvas[locale],
  home: spaces.home[locale],
  inspector: spaces.inspector[locale],
  loops: spaces.loops[locale],
  publish: spaces.publish[locale],
  reuse: spaces.reuse[locale],
  run: spaces.run[locale],
});

export const resources = { en: of('en'), 'zh-Hans': of('zh-Hans') };
