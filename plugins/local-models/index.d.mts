/** What a model is for, as its own settings say. */
export type LocalTask = 'classify-text' | 'fill-mask' | 'classify-image' | 'write' | 'embed';

export interface LocalModel {
  /** Its folder below the folder of models, `name` or `maker/name`. */
  name: string;
  task: LocalTask;
}

/** A label as the model names it, with a score from 0 to 1. */
export interface Scored {
  label: string;
  score: number;
}

export interface WriteRequest {
  messages: readonly { role: string; content: string }[];
  /** In tokens. */
  maxTokens: number;
  /** 0 means always the likeliest word. */
  temperature: number;
  signal: AbortSignal;
  onText: (text: string) => void;
}

/** Models of one folder. Every call rejects where the model cannot be opened or does not fit; the message is not for readers. */
export interface LocalModels {
  list(): Promise<LocalModel[]>;
  /** Every label the model knows, the surest first. */
  classifyText(name: string, text: string): Promise<Scored[]>;
  /** `image` is the content of a PNG, JPEG, WebP or GIF file. */
  classifyImage(name: string, image: Uint8Array): Promise<Scored[]>;
  /** The text with its first mask filled in, the surest first. A mask is what the model's tokenizer calls so, usually `[MASK]`. */
  fillMask(name: string, text: string): Promise<Scored[]>;
  /** One vector of length 1 per text. */
  embed(name: string, texts: readonly string[]): Promise<number[][]>;
  write(name: string, request: WriteRequest): Promise<{ text: string; inputTokens: number; outputTokens: number }>;
  close(): Promise<void>;
}

/** Opens the models in a folder. Nothing is loaded before one of them is asked, and nothing is ever fetched from elsewhere. */
export function openLocalModels(folder: string): LocalModels;
