import { type FlowDocument, isRecord, type Json } from '@patchbay/flow';
import { configOf } from './config-of.ts';
import type { Catalogue, NodeDefinition } from './definition.ts';
import { isList, isPortType, itemType, type PortType } from './port-type.ts';

/** One input or output of a flow, as the Run form, the API and OpenAPI know it. */
export interface FlowField {
  id: string;
  /** A person's own title; the id where none was given. */
  title: string;
  help: string;
  type: PortType;
  /** Outputs are never required: on some route they may be empty. */
  required: boolean;
  /** Null where there is none. */
  default: Json;
  /** Null where there is none. */
  example: Json;
  /** The choices of a `choice`; empty where any is taken. */
  options: string[];
  /** The node that declares it first. */
  node: string;
}

type Role = NodeDefinition['role'];

/** What a flow takes and gives: its contract with callers. */
export interface FlowFace {
  inputs: FlowField[];
  outputs: FlowField[];
}

/** The fields of all input and output nodes, in document order. A name that stands in several nodes is one field: the first. */
export function flowFace(flow: FlowDocument, catalogue: Catalogue): FlowFace {
  return { inputs: fieldsOf(flow, catalogue, 'flow-input'), outputs: fieldsOf(flow, catalogue, 'flow-output') };
}

function fieldsOf(flow: FlowDocument, catalogue: Catalogue, role: Role): FlowField[] {
  const fields = new Map<string, FlowField>();
  for (const [id, node] of Object.entries(flow.nodes)) {
    const definition = catalogue.get(node.type);
    if (definition === undefined || definition.role !== role) continue;
    for (const field of declaredFields(id, configOf(definition, node.config).config, role)) {
      const before = fields.get(field.id);
      if (before === undefined) fields.set(field.id, field);
      else fields.set(field.id, merge(before, field));
    }
  }
  return [...fields.values()];
}

/** A name in several nodes: required if one of them needs it, of any type if they differ. */
const merge = (first: FlowField, next: FlowField): FlowField => ({
  ...first,
  required: first.required || next.required,
  type: first.type === next.type ? first.type : 'any',
});

/** The fields one input or output node declares in its config. */
export function declaredFields(node: string, config: Record<string, Json>, role: Role): FlowField[] {
  const { fields } = config;
  if (!Array.isArray(fields)) return [];
  return fields.flatMap((field): FlowField[] => {
    if (!isRecord(field)) return [];
    const { id, title, help, type, required, example, options } = field;
    if (typeof id !== 'string') return [];
    const declared: FlowField = {
      id,
      title: typeof title === 'string' && title !== '' ? title : id,
      help: typeof help === 'string' ? help : '',
      type: typeof type === 'string' && isPortType(type) ? type : 'text',
      required: role === 'flow-input' && required !== false,
      default: (field['default'] ?? null) as Json,
      example: (example ?? null) as Json,
      options: Array.isArray(options) ? options.filter((option) => typeof option === 'string') : [],
      node,
    };
    return [declared];
  });
}

/** JSON Schema (2020-12) of the inputs object. */
export function inputsSchema(face: Pick<FlowFace, 'inputs'>): Record<string, Json> {
  return {
    type: 'object',
    properties: Object.fromEntries(face.inputs.map((field) => [field.id, fieldSchema(field)])),
    required: face.inputs.filter((field) => field.required && field.default === null).map((field) => field.id),
    additionalProperties: false,
  };
}

/** JSON Schema (2020-12) of the outputs object. Every output may be absent: a failed run has only what was complete. */
export function outputsSchema(face: Pick<FlowFace, 'outputs'>): Record<string, Json> {
  return {
    type: 'object',
    properties: Object.fromEntries(face.outputs.map((field) => [field.id, fieldSchema({ ...field, required: false })])),
    additionalProperties: false,
  };
}

function fieldSchema(field: FlowField): Record<string, Json> {
  const item = itemSchema(field);
  let schema: Record<string, Json> = isList(field.type) ? { type: 'array', items: item } : item;
  if (!field.required && Object.keys(schema).length > 0) schema = { anyOf: [schema, { type: 'null' }] };
  const described: Record<string, Json> = { title: field.title, ...schema };
  if (field.help !== '') described['description'] = field.help;
  if (field.default !== null) described['default'] = field.default;
  if (field.example !== null) described['examples'] = [field.example];
  return described;
}

const text: Record<string, Json> = { type: 'string' };

function itemSchema({ type, options }: FlowField): Record<string, Json> {
  switch (itemType(type)) {
    case 'text':
      return { type: 'string' };
    case 'number':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    case 'choice':
      return options.length === 0 ? { type: 'string' } : { type: 'string', enum: options };
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return { anyOf: [storedFile, inlineFile] };
    case 'chat':
      return { type: 'array', items: messageSchema };
    default:
      return {};
  }
}

/** A file that was uploaded before, or that a flow made: `url` gives its content. */
const storedFile: Record<string, Json> = {
  type: 'object',
  properties: { file: text, mediaType: text, size: { type: 'integer' }, name: text, url: text },
  required: ['file'],
};
const inlineFile: Record<string, Json> = {
  type: 'object',
  properties: { mediaType: text, base64: { type: 'string', contentEncoding: 'base64' }, name: text },
  required: ['mediaType', 'base64'],
};

const messageSchema: Record<string, Json> = {
  type: 'object',
  properties: {
    role: { type: 'string', enum: ['system', 'user', 'assistant'] },
    content: { anyOf: [text, { type: 'array', items: { type: 'object' } }] },
  },
  required: ['role', 'content'],
};
