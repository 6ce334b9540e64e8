import { baseTypes, field, fieldTypeWords, type PortType } from '@patchbay/node-kit';
import * as z from 'zod';

const portTypes = baseTypes.flatMap((type): PortType[] => [type, `${type}[]`]) as [PortType, ...PortType[]];

/** The type of an input or output of a flow: one of the base types, or a list of it. */
export const fieldType = z
  .enum(portTypes)
  .default('text')
  .meta({
    ui: {
      title: { en: 'Type', 'zh-Hans': '类型' },
      widget: 'port-type',
      options: portTypes.map((type) => ({ value: type, title: typeTitle(type) })),
    },
  });

function typeTitle(type: PortType) {
  const list = type.endsWith('[]');
  const words = fieldTypeWords[(list ? type.slice(0, -2) : type) as keyof typeof fieldTypeWords];
  return list ? { en: `list of ${words.en}`, 'zh-Hans': `${words['zh-Hans']}列表` } : words;
}

export const fieldId = field.id({ title: { en: 'Name in the API', 'zh-Hans': 'API 中的名称' } });
export const fieldTitle = field.plain({ title: { en: 'Title', 'zh-Hans': '标题' } });
