import type { Words } from '@patchbay/node-kit';
import type { AgentConfig } from './config.ts';

const words = {
  model: { en: 'Asks the model', 'zh-Hans': '询问模型' },
  call: { en: 'Calls {tool}', 'zh-Hans': '调用 {tool}' },
  ask: { en: 'Asks a person about {tool}', 'zh-Hans': '就 {tool} 征求人员同意' },
  list: { en: 'Lists the tools of {tool}', 'zh-Hans': '列出 {tool} 的工具' },
} satisfies Record<string, Words>;

/** What a turn's part is called: parts have the ids of `placesOf`, `listPartOf` and `askModel`. */
export function partTitle({ tools }: Pick<AgentConfig, 'tools'>, id: string): Words {
  if (id === 'model') return words.model;
  // A name of the author's own goes before a prefix of ours.
  const own = tools.some((tool) => id === tool.id || id.startsWith(`${tool.id}_`));
  const [, prefix, rest = ''] = own ? [] : (/^(ask|tools)_(.+)$/.exec(id) ?? []);
  if (prefix === 'ask') return withTool(words.ask, rest);
  return prefix === 'tools' ? withTool(words.list, rest) : withTool(words.call, id);
}

const withTool = (text: Words, tool: string): Words => ({
  get en() {
    return text.en.replace('{tool}', () => tool);
  },
  get 'zh-Hans'() {
    return text['zh-Hans'].replace('{tool}', () => tool);
  },
});
