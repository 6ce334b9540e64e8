import { localeOf } from '@patchbay/services';
import type { Terminal } from './terminal.ts';

/** The language of a terminal, by the usual variables: `zh_CN.UTF-8` is Chinese, all else English. */
export function localeOfTerminal({ environment }: Pick<Terminal, 'environment'>): 'en' | 'zh-Hans' {
  const name = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return localeOf(name.split('.')[0]?.replace('_', '-'));
}
