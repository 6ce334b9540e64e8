import { baseTypes, field, type PortType, typeWords } from '@patchbay/node-kit';
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
      options: portTypes.map((type) => ({ value: type, title: typeWords(type) })),
    },
  });

export const fieldId = field.id({ title: { en: 'Name in the API', 'zh-Hans': 'API 中的名称' } });
export const fieldTitle = field.plain({ title: { en: 'Title', 'zh-Hans': '标题' } });
