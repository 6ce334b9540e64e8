import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { type Graph, onnxModel } from './onnx.ts';

/** The words that the tiny models know, by their number. */
export const words = ['[PAD]', '[UNK]', '[MASK]', '[END]', 'good', 'bad', 'the', 'cat', 'sat', 'down'];
const at = (word: string): number => words.indexOf(word);

/** A table with a row for each word; what is not said is 0. */
const table = (columns: number, rows: Record<string, number[]>): number[] =>
  words.flatMap((word) => rows[word] ?? new Array<number>(columns).fill(0));

/** Looks each word up in a table of weights. */
const lookUp = (output: string) => ({ op: 'Gather', inputs: ['weights', 'input_ids'], output });
const wordsIn: Graph['input'] = { name: 'input_ids', type: 'int64', dims: ['batch', 'length'] };
const perWord = (name: string, columns: number): Graph['output'] => ({ name, dims: ['batch', 'length', columns] });

/** Where a row is a word and a column the word that may come of it. */
const toWord = (rows: Record<string, string>): number[] =>
  table(words.length, Object.fromEntries(Object.entries(rows).map(([from, to]) => [from, words.map((word) => (word === to ? 9 : 0))])));

const bert = {
  model_type: 'bert',
  vocab_size: words.length,
  hidden_size: 2,
  num_attention_heads: 1,
  num_hidden_layers: 1,
  pad_token_id: 0,
};

/** Says `joy` the more often `good` stands in the text, `anger` for `bad`. */
const feeling: TinyModel = {
  config: { ...bert, architectures: ['BertForSequenceClassification'], id2label: { 0: 'joy', 1: 'anger' } },
  graph: {
    input: wordsIn,
    output: { name: 'logits', dims: ['batch', 2] },
    nodes: [lookUp('each'), { op: 'ReduceSum', inputs: ['each'], output: 'logits', attributes: { axes: [1], keepdims: 0 } }],
    weights: [{ name: 'weights', dims: [words.length, 2], values: table(2, { good: [2, 0], bad: [0, 2] }) }],
  },
};
/** `good` and `bad` point to two sides. */
const vectors: TinyModel = {
  config: { ...bert, architectures: ['BertModel'] },
  graph: {
    input: wordsIn,
    output: perWord('last_hidden_state', 2),
    nodes: [lookUp('last_hidden_state')],
    weights: [{ name: 'weights', dims: [words.length, 2], values: table(2, { good: [3, 0], bad: [0, 5] }) }],
  },
};
/** Takes every mask for a cat. */
const mask: TinyModel = {
  config: { ...bert, architectures: ['BertForMaskedLM'] },
  graph: {
    input: wordsIn,
    output: perWord('logits', words.length),
    nodes: [lookUp('logits')],
    weights: [{ name: 'weights', dims: [words.length, words.length], values: toWord({ '[MASK]': 'cat' }) }],
  },
};
/** Goes on from the last word: the cat sat down. */
const tale: TinyModel = {
  config: {
    model_type: 'gpt2',
    architectures: ['GPT2LMHeadModel'],
    vocab_size: words.length,
    n_embd: 2,
    n_head: 1,
    n_layer: 1,
    n_positions: 64,
    eos_token_id: at('[END]'),
    bos_token_id: at('[END]'),
  },
  graph: {
    input: wordsIn,
    output: perWord('logits', words.length),
    nodes: [lookUp('logits')],
    weights: [
      {
        name: 'weights',
        dims: [words.length, words.length],
        values: toWord({ the: 'cat', cat: 'sat', sat: 'down', down: '[END]', good: 'good' }),
      },
    ],
  },
};
/** Says which of the three colours an image has most of. */
const colour: TinyModel = {
  config: { model_type: 'vit', architectures: ['ViTForImageClassification'], id2label: { 0: 'red', 1: 'green', 2: 'blue' } },
  graph: {
    input: { name: 'pixel_values', type: 'float', dims: ['batch', 3, 'height', 'width'] },
    output: { name: 'logits', dims: ['batch', 3] },
    nodes: [{ op: 'ReduceMean', inputs: ['pixel_values'], output: 'logits', attributes: { axes: [2, 3], keepdims: 0 } }],
    weights: [],
  },
};

interface TinyModel {
  config: object;
  graph: Graph;
}

const tokenizer = {
  version: '1.0',
  added_tokens: ['[PAD]', '[UNK]', '[MASK]', '[END]'].map((content) => ({
    id: at(content),
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer: { type: 'Lowercase' },
  pre_tokenizer: { type: 'Whitespace' },
  post_processor: null,
  decoder: null,
  model: { type: 'WordLevel', vocab: Object.fromEntries(words.map((word, id) => [word, id])), unk_token: '[UNK]' },
};
const tokenizerConfig = {
  tokenizer_class: 'PreTrainedTokenizerFast',
  pad_token: '[PAD]',
  unk_token: '[UNK]',
  mask_token: '[MASK]',
  eos_token: '[END]',
  model_max_length: 64,
};
const images = {
  image_processor_type: 'ViTImageProcessor',
  do_resize: true,
  size: { height: 2, width: 2 },
  do_rescale: true,
  rescale_factor: 1 / 255,
  do_normalize: false,
};

/** Writes the tiny models into a folder: `feeling`, `vectors`, `mask`, `tale` and `maker/colour`. */
export async function writeTinyModels(folder: string): Promise<void> {
  const all = { feeling, vectors, mask, tale, 'maker/colour': colour };
  for (const [name, { config, graph }] of Object.entries(all)) {
    const place = join(folder, name);
    await mkdir(join(place, 'onnx'), { recursive: true });
    const json = (file: string, value: object): Promise<void> => writeFile(join(place, file), JSON.stringify(value));
    await json('config.json', config);
    await json('tokenizer.json', tokenizer);
    await json('tokenizer_config.json', tokenizerConfig);
    await json('preprocessor_config.json', images);
    await writeFile(join(place, 'onnx/model.onnx'), onnxModel(graph));
  }
}

/** A PNG of two by two pixels in one colour. */
export function png(red: number, green: number, blue: number): Uint8Array {
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
  const row = [0, red, green, blue, red, green, blue];
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.from([...row, ...row]))), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...parts]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

function crc32(bytes: Buffer): number {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
