import type { Json, Locale, Words } from '@patchbay/flow';
import type * as z from 'zod';
import type { NodeContext } from './context.ts';
import type { Ports } from './ports.ts';
import type { TextStream } from './text-stream.ts';

/** Shelves of the palette, in order. */
export const categories = ['start', 'ai', 'media', 'text', 'logic', 'data', 'safety', 'web', 'note'] as const;
export type Category = (typeof categories)[number];

export interface NodeWords {
  title: Words;
  /** One sentence: what the node does for a person. */
  summary: Words;
  /** Other words a person may search for, in all languages together: "GPT", "if", "summarise", "翻译". */
  synonyms: string[];
}

/** An example of the node alone: shown in the reference and run as a test, with the demo model. */
export interface NodeExample {
  name: Words;
  config: Record<string, Json>;
  inputs: Record<string, Json>;
  /** Values per output port; a port that is absent here must be closed. */
  outputs: Record<string, Json>;
}

/** Values by input port. A port that can stream may hold a TextStream; `textOf` reads either. */
export type Inputs = Record<string, Json | TextStream>;
/** Values by output port. An absent port is closed, unless chunks were yielded on it: then it is their joined text. */
export type Outputs = Record<string, Json>;
/** A piece of text on a streaming port. */
export interface PortChunk {
  port: string;
  text: string;
}

export interface StepInput<Config> {
  /** The parsed config with every chip replaced by its value. */
  config: Config;
  inputs: Inputs;
}

/** Plain for quick work, a promise for a call, a generator to stream. Throws StepError or anything of its shape. */
export type Run<Config> = (
  step: StepInput<Config>,
  ctx: NodeContext,
) => Outputs | Promise<Outputs> | AsyncGenerator<PortChunk, Outputs | undefined>;

/** A fault in a config that parses, at a path inside it. */
export interface ConfigFault {
  code: 'condition_incomplete' | 'condition_not_a_number' | 'case_empty' | 'text_missing' | 'expression_bad' | 'template_bad';
  path: (string | number)[];
  params?: Record<string, string | number>;
}

export interface NodeSpec<Schema extends z.ZodType> {
  type: string;
  /** Version of the config's shape. */
  version: number;
  category: Category;
  /** Name of a lucide icon, kebab-case. */
  icon: string;
  words: NodeWords;
  /** Object schema made of `field.*`; it must parse `{}`. */
  config: Schema;
  /** Fixed ports, or a function of the parsed config. Chip ports and the error output are added by `portsOf`. */
  ports: Ports | ((config: z.output<Schema>) => Ports);
  /** What the settings say in one line, for the card, in the reader's language. */
  essence?: (config: z.output<Schema>, locale: Locale) => string;
  /** What a part of its work is called (`ctx.parts`), by the part's id; undefined for what is no part of it. */
  partTitle?: (config: z.output<Schema>, id: string) => Words | undefined;
  /** What a config that parses still lacks to run as meant: defaults must parse, so the schema cannot say it. */
  check?: (config: z.output<Schema>) => ConfigFault[];
  /** Upgrades a config written for version `from`. */
  migrate?: (config: Record<string, Json>, from: number) => Record<string, Json>;
  /** May run again after a crash in mid-step: true for anything without an effect outside. A function of the config where that decides. */
  repeatable: boolean | ((config: z.output<Schema>) => boolean);
  /** `flow-input`, `flow-output`: the ends of a flow. `annotation`: never runs. `container`: other nodes may stand in it. */
  role?: 'flow-input' | 'flow-output' | 'annotation' | 'container';
  /** May wait for a person or a time: a flow with such a node runs durably. A function of the config where that decides. */
  waits?: true | ((config: z.output<Schema>) => boolean);
  /** Hides what texts say of people. What goes past it as a file is not looked through. */
  hides?: true;
  examples: NodeExample[];
  run: Run<z.output<Schema>>;
}

/** A node type with its config type forgotten, as catalogues hold it. */
export interface NodeDefinition
  extends Omit<NodeSpec<z.ZodType>, 'ports' | 'run' | 'essence' | 'partTitle' | 'check' | 'repeatable' | 'waits'> {
  config: z.ZodType<Record<string, Json>>;
  ports: (config: Record<string, Json>) => Ports;
  essence: (config: Record<string, Json>, locale: Locale) => string;
  partTitle?: (config: Record<string, Json>, id: string) => Words | undefined;
  check?: (config: Record<string, Json>) => ConfigFault[];
  repeatable: boolean | ((config: Record<string, Json>) => boolean);
  waits?: true | ((config: Record<string, Json>) => boolean);
  run: Run<Record<string, Json>>;
}

export const isRepeatable = ({ repeatable }: Pick<NodeDefinition, 'repeatable'>, config: Record<string, Json>): boolean =>
  typeof repeatable === 'function' ? repeatable(config) : repeatable;

/** Whether a node so configured may put its run aside. */
export const mayWait = ({ waits }: Pick<NodeDefinition, 'waits'>, config: Record<string, Json>): boolean =>
  typeof waits === 'function' ? waits(config) : waits === true;

/** One node type from one file: form, docs, OpenAPI parts and palette entry all come from what is given here. */
export function defineNode<Schema extends z.ZodType>(spec: NodeSpec<Schema>): NodeDefinition {
  const { ports, essence } = spec;
  return {
    ...spec,
    ports: typeof ports === 'function' ? ports : () => ports,
    essence: essence ?? (() => ''),
  } as unknown as NodeDefinition;
}

/** Node types by name. */
export type Catalogue = ReadonlyMap<string, NodeDefinition>;

export const createCatalogue = (definitions: readonly NodeDefinition[]): Catalogue =>
  new Map(definitions.map((definition) => [definition.type, definition]));
