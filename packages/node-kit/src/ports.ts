import type { FanInRule, Json, Words } from '@patchbay/flow';
import type { PortType } from './port-type.ts';

/** Words of ours in every language, or a person's own title, which is the same in all. */
export type Label = string | Words;

export interface InputPort {
  id: string;
  title: Label;
  type: PortType;
  /** A required port that is closed skips its node; an optional one falls to its default. */
  required: boolean;
  /** The node can start on the first chunk: it is then handed a TextStream instead of a string. */
  stream?: boolean;
  /** Value of an optional port that is closed or unwired; absent means null. */
  default?: Json;
  /** The port stands for a chip in a text field. */
  chip?: boolean;
  /** The rule for several edges where the document says none; absent means the port takes one. */
  fanIn?: FanInRule;
  /** Of a container: takes what the steps inside it make, once in each turn. */
  inner?: boolean;
}

export interface OutputPort {
  id: string;
  title: Label;
  type: PortType;
  /** The value may arrive in chunks. */
  stream?: boolean;
  /**
   * One of the ways the node chooses among. `one`: exactly one of these is open in a run; a single one is open or closed.
   * `some`: each of these by itself, any number of them. `rest`: open where none of `some` is.
   */
  way?: 'one' | 'some' | 'rest';
  /** Of a container: gives its value to the steps inside it, a new one in each turn. */
  inner?: boolean;
  /** Of records: what a person calls their fields. Callers get them by id. */
  columns?: { id: string; title: Label }[];
}

export interface Ports {
  inputs: InputPort[];
  outputs: OutputPort[];
}
