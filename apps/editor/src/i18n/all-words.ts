import { connectionsWords } from '../connections/words.ts';
import { knowledgeWords } from '../knowledge/words.ts';
import { chatWords } from '../run/chat/words.ts';
import { appWords } from './words/app.ts';
import { canvasWords } from './words/canvas.ts';
import { homeWords } from './words/home.ts';
import { inspectorWords } from './words/inspector.ts';
import { loopsWords } from './words/loops.ts';
import { newKeyWords } from './words/new-key.ts';
import { publishWords } from './words/publish.ts';
import { reuseWords } from './words/reuse.ts';
import { runWords } from './words/run.ts';
import { shelvesWords } from './words/shelves.ts';

/** All words by namespace. For types and tests only: the program loads each with the code that says it. */
export const allWords = {
  app: appWords,
  canvas: canvasWords,
  chat: chatWords,
  connections: connectionsWords,
  home: homeWords,
  inspector: inspectorWords,
  knowledge: knowledgeWords,
  loops: loopsWords,
  newKey: newKeyWords,
  publish: publishWords,
  reuse: reuseWords,
  run: runWords,
  shelves: shelvesWords,
};
