import 'i18next';
import type { connectionsWords } from '../connections/words.ts';
import type { knowledgeWords } from '../knowledge/words.ts';
import type { chatWords } from '../run/chat/words.ts';
import type { resources } from './resources.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    /** Those of the start, and those that come with the code of their page. */
    resources: (typeof resources)['en'] & {
      connections: (typeof connectionsWords)['en'];
      chat: (typeof chatWords)['en'];
      knowledge: (typeof knowledgeWords)['en'];
    };
  }
}
