/**
 * The smallest part of the ONNX file format (protocol buffers, `onnx.proto3`) that a graph of one or two nodes needs,
 * so that tests make their own models instead of carrying or fetching some.
 */
export interface Matrix {
  name: string;
  dims: number[];
  values: number[];
}
export interface OnnxNode {
  op: string;
  inputs: string[];
  output: string;
  /** Whole numbers, or lists of them. */
  attributes?: Record<string, number | number[]>;
}
export interface Graph {
  input: { name: string; type: 'int64' | 'float'; dims: (string | number)[] };
  output: { name: string; dims: (string | number)[] };
  nodes: OnnxNode[];
  weights: Matrix[];
}

const types = { float: 1, int64: 7 } as const;

export function onnxModel({ input, output, nodes, weights }: Graph): Uint8Array {
  const graph = [
    ...nodes.map((node) => field(1, nodeBytes(node))),
    field(2, text('test')),
    ...weights.map((matrix) => field(5, tensor(matrix))),
    field(11, value(input.name, types[input.type], input.dims)),
    field(12, value(output.name, types.float, output.dims)),
  ];
  return join([number(1, 8), field(8, number(2, 12)), field(7, join(graph))]);
}

const nodeBytes = ({ op, inputs, output, attributes = {} }: OnnxNode): Uint8Array =>
  join([
    ...inputs.map((name) => field(1, text(name))),
    field(2, text(output)),
    field(4, text(op)),
    ...Object.entries(attributes).map(([name, given]) => field(5, attribute(name, given))),
  ]);

const attribute = (name: string, given: number | number[]): Uint8Array =>
  typeof given === 'number'
    ? join([field(1, text(name)), number(3, given), number(20, 2)])
    : join([field(1, text(name)), ...given.map((one) => number(8, one)), number(20, 7)]);

const tensor = ({ name, dims, values }: Matrix): Uint8Array =>
  join([
    ...dims.map((dim) => number(1, dim)),
    number(2, types.float),
    field(8, text(name)),
    field(9, new Uint8Array(Float32Array.from(values).buffer)),
  ]);

function value(name: string, type: number, dims: (string | number)[]): Uint8Array {
  const shape = dims.map((dim) => field(1, typeof dim === 'number' ? number(1, dim) : field(2, text(dim))));
  return join([field(1, text(name)), field(2, field(1, join([number(1, type), field(2, join(shape))])))]);
}

const text = (given: string): Uint8Array => new TextEncoder().encode(given);
const number = (tag: number, given: number): Uint8Array => join([varint(tag << 3), varint(given)]);
const field = (tag: number, bytes: Uint8Array): Uint8Array => join([varint((tag << 3) | 2), varint(bytes.length), bytes]);

function varint(given: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = given; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}

function join(parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
