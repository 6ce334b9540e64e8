import type { Schema } from './schema-parts.ts';

/** One way to ask one address. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'delete';
  /** With `{name}` for parameters. */
  path: string;
  summary: string;
  /** Name of the body's schema. */
  body?: string;
  bodyOptional?: true;
  /** Takes the bytes of a file; `form` also as the file of a form. */
  takesFile?: 'bytes' | 'form';
  /** Answers the bytes of a file, or a range of them. */
  givesFile?: true;
  status: 200 | 201 | 204;
  /** Name of the answer's schema; absent where there is no content. */
  answer?: string;
  /** May answer as `text/event-stream`. */
  streams?: true;
  /** Starts a run: takes a key and may answer 202. */
  starts?: true;
  /** Answers events and nothing else. */
  events?: true;
  parameters?: Schema[];
  open?: true;
}
