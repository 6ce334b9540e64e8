/** Writes docs/nodes/*.md from the catalogue; a test of packages/nodes holds them fresh. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Category,
  categories,
  describeNode,
  type FieldReference,
  type Locale,
  type NodeReference,
  type PortReference,
  type Words,
} from '../packages/node-kit/src/index.ts';
import { catalogue } from '../packages/nodes/src/index.ts';

const shelves: Record<Category, Words> = {
  start: { en: 'Start and end', 'zh-Hans': '开始与结束' },
  ai: { en: 'Models', 'zh-Hans': '模型' },
  text: { en: 'Text', 'zh-Hans': '文本' },
  media: { en: 'Images, sound and files', 'zh-Hans': '图像、声音与文件' },
  logic: { en: 'Ways', 'zh-Hans': '流程控制' },
  data: { en: 'Data', 'zh-Hans': '数据' },
  safety: { en: 'Safety', 'zh-Hans': '安全' },
  web: { en: 'Web', 'zh-Hans': '网络' },
  note: { en: 'Notes', 'zh-Hans': '便签' },
};

const words = {
  title: { en: 'The steps', 'zh-Hans': '步骤一览' },
  intro: {
    en: 'Every kind of step, its settings, its ports and examples that run as tests. Generated from the catalogue by `pnpm docs:nodes`.',
    'zh-Hans': '每种步骤的设置、端口，以及作为测试运行的示例。由 `pnpm docs:nodes` 根据节点目录生成。',
  },
  settings: { en: 'Settings', 'zh-Hans': '设置' },
  inputs: { en: 'Inputs', 'zh-Hans': '输入' },
  outputs: { en: 'Outputs', 'zh-Hans': '输出' },
  examples: { en: 'Examples', 'zh-Hans': '示例' },
  name: { en: 'Name', 'zh-Hans': '名称' },
  heading: { en: 'Title', 'zh-Hans': '标题' },
  meaning: { en: 'Meaning', 'zh-Hans': '含义' },
  start: { en: 'Default', 'zh-Hans': '默认值' },
  type: { en: 'Type', 'zh-Hans': '类型' },
  required: { en: 'required', 'zh-Hans': '必需' },
  streams: { en: 'streams', 'zh-Hans': '流式' },
  inside: { en: 'for the steps inside', 'zh-Hans': '供内部步骤使用' },
  chips: { en: 'values may stand in it', 'zh-Hans': '可插入变量' },
  none: { en: 'none', 'zh-Hans': '无' },
} satisfies Record<string, Words>;

/** The reference page in one language. */
export function nodeReference(locale: Locale): string {
  const say = (key: keyof typeof words): string => words[key][locale];
  const nodes = [...catalogue.values()].map((definition) => describeNode(definition, locale));
  const parts = categories.flatMap((category) => {
    const shelf = nodes.filter((node) => node.category === category);
    return shelf.length === 0 ? [] : [`## ${shelves[category][locale]}`, ...shelf.map((node) => describe(node, say))];
  });
  return `${[`# ${say('title')}`, say('intro'), ...parts].join('\n\n')}\n`;
}

type Say = (key: keyof typeof words) => string;

function describe(node: NodeReference, say: Say): string {
  const parts = [`### ${node.title} (\`${node.type}\`)`, node.summary];
  if (node.fields.length > 0) {
    const rows = node.fields.map((item) => [`\`${item.path}\``, item.title, meaning(item, say), start(item.default)]);
    parts.push(`**${say('settings')}**`, table([say('name'), say('heading'), say('meaning'), say('start')], rows));
  }
  parts.push(`**${say('inputs')}**: ${ports(node.inputs, say)}  \n**${say('outputs')}**: ${ports(node.outputs, say)}`);
  parts.push(`**${say('examples')}**`, ...node.examples.map(example));
  return parts.join('\n\n');
}

function meaning({ help, options, chips, widget }: FieldReference, say: Say): string {
  const choices = widget === 'port-type' ? '' : options.map(({ value, title }) => `\`${value}\` ${title}`).join(', ');
  return [help, choices, chips ? say('chips') : ''].filter((part) => part !== '').join(' · ');
}

function start(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return value === null || value === '' || text.length > 60 ? '' : `\`${text}\``;
}

function ports(list: readonly PortReference[], say: Say): string {
  if (list.length === 0) return say('none');
  return list
    .map(({ id, title, typeName, required, stream, inner }) => {
      const notes = [typeName, required ? say('required') : '', stream ? say('streams') : '', inner ? say('inside') : ''].filter(
        (part) => part !== '',
      );
      return `\`${id}\` ${title} (${notes.join(', ')})`;
    })
    .join('; ');
}

function example({ name, config, inputs, outputs }: NodeReference['examples'][number]): string {
  const lines = Object.entries({ config, inputs, outputs }).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`);
  return `${name}\n\n\`\`\`json\n{\n${lines.join(',\n')}\n}\n\`\`\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../docs/nodes/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const locale of ['en', 'zh-Hans'] as const) writeFileSync(new URL(`${locale}.md`, folder), nodeReference(locale));
}
