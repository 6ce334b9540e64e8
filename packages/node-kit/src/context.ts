import type { Json, Locale } from '@patchbay/flow';
import type { Capability, ChatChunk, ChatRequest, ChatResult, MediaPart, ModelProvider } from '@patchbay/models';
import type { Conversations } from './conversation.ts';
import type { Outputs, PortChunk } from './definition.ts';
import type { FlowFace } from './face.ts';
import type { Mcp } from './mcp.ts';
import type { Failure, ModelCall } from './run-event.ts';
import { StepError } from './step-error.ts';
import type { WaitAnswer, WaitRequest } from './wait.ts';

/** As a provider takes it, but `model` is `auto` or `provider/model`. */
export interface ModelRequest extends ChatRequest {
  /** How long the answer may be given again to an equal request, in milliseconds; absent or 0 means never. */
  cacheMs?: number | undefined;
}

/** Models as a step sees them: usage, budgets, masking and recording are wrapped around by the host. */
export interface Models {
  /** Nobody reads along: a node that could stream asks with `chat`, which costs less and can be tried again to its end. */
  readonly whole?: boolean;
  chat(request: ModelRequest): Promise<ChatResult>;
  stream(request: ModelRequest): AsyncIterable<ChatChunk>;
  /** What is not chat. The host has all of them and rejects with `no_embed` and the like; a node tested alone may have none. */
  embed?: Ask<'embed'>;
  image?: Ask<'image'>;
  speech?: Ask<'speech'>;
  transcribe?: Ask<'transcribe'>;
  rerank?: Ask<'rerank'>;
  moderate?: Ask<'moderate'>;
}

type Method<Name extends Capability> = NonNullable<ModelProvider[Name]>;
/** As the provider's, with `auto` or `provider/model` for the model. */
type Ask<Name extends Capability> = (request: Parameters<Method<Name>>[0]) => ReturnType<Method<Name>>;

export interface HttpRequest {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  headers: Record<string, string>;
  /** Headers whose value is a stored secret: lower-case name of the header to name of the secret. The node never sees it. */
  secrets?: Record<string, string>;
  body?: string;
  /** Whole time in milliseconds; the host's own limit stays above it. */
  timeoutMs?: number;
}
export interface HttpResult {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  text: string;
}
/** The outbound request behind its guard. Rejects with class `invalid_input` for an address that is not allowed. */
export interface Http {
  request(request: HttpRequest): Promise<HttpResult>;
}

/**
 * What a kind of node keeps between runs of one workspace: short texts, each under a key of any length. It may forget at any
 * time, so it is only for what can be made again, such as translations. Neither call ever fails a step.
 */
export interface Memory {
  /** Per key what was kept for it, undefined where there is nothing. */
  recall(kind: string, keys: readonly string[]): Promise<(string | undefined)[]>;
  remember(kind: string, entries: readonly { key: string; value: string }[]): Promise<void>;
}

export interface KnowledgeQuery {
  /** Id of a knowledge base; empty means every one of the workspace. */
  base: string;
  question: string;
  /** How many passages, at most. */
  count: number;
  /** 0 to 1: passages scored lower are left out. */
  minScore: number;
}
/** A passage of a document, found for a question. */
export interface Passage {
  text: string;
  /** The name of its document. */
  document: string;
  /** The headings it stands under, outermost first. */
  headings: string[];
  /** From 1; null where the document has no pages. */
  page: number | null;
  /** 0 to 1. */
  score: number;
}
/** Documents of the workspace. Rejects with `knowledge_missing` for a base that is not there, and as models do where its model cannot be asked. */
export interface Knowledge {
  /** The best first. */
  search(query: KnowledgeQuery): Promise<Passage[]>;
}

export interface CodeRequest {
  /** The body of an async JavaScript function. */
  source: string;
  /** What it sees: each value as a variable of its name, and all in `inputs`. */
  inputs: Readonly<Record<string, Json>>;
  /** Milliseconds it may run; absent means 2,000. The host's own limit of 30,000 stays above it. */
  timeoutMs?: number;
}
export interface CodeResult {
  /** What the code returned, as JSON has it; null for nothing. */
  value: Json;
  /** Lines it wrote to the console. */
  log: string[];
}
/**
 * JavaScript of an author, in a sandbox that sees nothing but its inputs. Rejects with class `invalid_input` for code
 * that throws or uses more than it may, and `timeout` for code that does not end.
 */
export interface Code {
  run(request: CodeRequest): Promise<CodeResult>;
}

/** What a person can read of a file. */
export interface FileText {
  text: string;
  /** One text a page, for kinds that have pages; else the whole text as one. */
  pages: string[];
  kind: 'pdf' | 'docx' | 'html' | 'csv' | 'text';
}

/**
 * Files of the run's workspace. All of it rejects with class `invalid_input`: for a value that is no file, a file that is
 * not there (any more), and content that is not of the kind it should be.
 */
export interface Files {
  /** The content of a value of type image, audio, video or file. With `kind`, of that kind and no other. */
  open(value: Json, kind?: 'image' | 'audio' | 'video'): Promise<MediaPart>;
  /** Keeps what was made, and answers the value to hand on. */
  save(part: Pick<MediaPart, 'mediaType' | 'base64' | 'name'>): Promise<Json>;
  /** The text of a PDF, Word document, page, table or plain text; with `pages`, of a PDF only so many from the start. */
  text(value: Json, options?: { pages?: number | undefined }): Promise<FileText>;
}

export type Log = (level: 'info' | 'warn', message: string, fields?: Record<string, Json>) => void;

/** What one turn of a container's inside came to. */
export interface Turn {
  /** Values by inner input port of the container; a port that stayed closed is absent. */
  outputs: Record<string, Json>;
  /** Why the turn failed, by the rule of a step in it. */
  error?: Failure;
}
/** The steps that stand inside a container, as its node runs them. */
export interface Inside {
  /**
   * Runs them once with values by inner output port; an absent one is closed. `turn` counts from 0 and is the turn's name in
   * scopes, so each may run once. Turns may run side by side. Rejects only beyond the limit of turns.
   */
  run(turn: number, values: Record<string, Json>): Promise<Turn>;
  /** Stops the turns under way, and refuses any more: what they had not answered is lost. */
  stop(): void;
}

/** A flow to be run as part of this one. */
export interface FlowCall {
  /** Its address or id. */
  flow: string;
  /** A published number; `draft` only in test runs; null is the newest. */
  version: number | 'draft' | null;
  inputs: Record<string, Json>;
  /** Told the texts of its outputs as they arrive. */
  onText?: (output: string, text: string) => void;
}
/** What the other flow came to; a failed one still gives what was complete. */
export interface FlowAnswer {
  outputs: Record<string, Json>;
  error?: Failure;
}
/** What a flow says of itself to somebody who may call it. */
export interface FlowSign extends FlowFace {
  name: string;
  /** Empty where its author wrote none. */
  description: string;
}
/** Other flows. Rejects with `invalid_input` for a flow that is not there, inputs that do not fit, and flows that call each other too deep. */
export interface Flows {
  run(call: FlowCall): Promise<FlowAnswer>;
  /** What a flow takes and gives. Rejects as `run` does for a flow that is not there. */
  describe(flow: Pick<FlowCall, 'flow' | 'version'>): Promise<FlowSign>;
}

/** A piece of a step's work that is a step of its own: told, recorded and, in a later attempt of the run, known. */
export interface Part {
  /** Counts from 0; parts of one turn stand under one scope, as the steps of a container's turn do. */
  turn: number;
  /** What it is called within its turn. A name is used once: the same one later is another part only in another turn. */
  id: string;
  /** As with a node type: may be done again after a crash in its middle. */
  repeatable: boolean;
  /** Texts may be yielded on the port `text`. */
  work: (ctx: NodeContext) => Promise<Outputs> | AsyncGenerator<PortChunk, Outputs | undefined>;
  /** Told the pieces of text as they are yielded; never those of a part that is known already. */
  onText?: (text: string) => void;
}
/** What the work of a step is made of, where it is worth more than its end. Parts may run side by side. */
export interface Parts {
  /** Does a part, or gives what came of it before. A failure of it is an answer: the step decides what it means. */
  run(part: Part): Promise<Turn>;
}

/** All that a node may ask of the world. */
export interface NodeContext {
  readonly signal: AbortSignal;
  readonly locale: Locale;
  readonly models: Models;
  readonly http: Http;
  readonly code: Code;
  readonly files: Files;
  readonly log: Log;
  readonly memory: Memory;
  readonly knowledge: Knowledge;
  readonly conversations: Conversations;
  readonly mcp: Mcp;
  readonly flows: Flows;
  readonly parts: Parts;
  /** Only for containers. */
  readonly inside: Inside;
  /** Waits for a person or a time. The run is put aside meanwhile: the step is executed again from its beginning, and then has the answer. */
  wait(request: WaitRequest): Promise<WaitAnswer>;
  /** Lets others have their turn: between the pieces of work that takes long, which only a large value makes it. */
  turn(): Promise<void>;
  /** Milliseconds since 1970, from the run's clock. */
  now(): number;
  /** 0 up to 1, from the run's source. */
  random(): number;
}

/** One attempt of one step, as the engine shows it to the host. */
export interface StepHandle {
  readonly run: string;
  readonly node: string;
  readonly scope: string;
  readonly attempt: number;
  readonly signal: AbortSignal;
  /** The host tells each model call here; the engine adds them up. */
  report(call: ModelCall): void;
}

/** What the host hands the engine for one run. Called once per step, and only when the node asks. */
export interface World {
  readonly locale: Locale;
  models(step: StepHandle): Models;
  http(step: StepHandle): Http;
  /** Absent where no code of authors is run. */
  code?(step: StepHandle): Code;
  /** Absent where there is neither a store nor a reader of files. */
  files?(step: StepHandle): Files;
  log(step: StepHandle): Log;
  /** Absent where nothing is kept between runs. */
  memory?(step: StepHandle): Memory;
  /** Absent where no documents are kept. */
  knowledge?(step: StepHandle): Knowledge;
  /** Absent where no server of tools is reached. */
  mcp?(step: StepHandle): Mcp;
  /** Absent where no talk is remembered. */
  conversations?(step: StepHandle): Conversations;
  /** Rejects with `Parked` where the run is to be put aside. Absent where it cannot be. */
  wait?(step: StepHandle, request: WaitRequest): Promise<WaitAnswer>;
  /** Absent where nobody else is kept waiting. */
  turn?(): Promise<void>;
  now(): number;
  random(): number;
}

/** Where no code of authors is run. */
export const noCode: Code = { run: () => Promise.reject(new StepError('internal', 'code_not_here')) };
/** Where no documents are kept. */
export const noKnowledge: Knowledge = { search: () => Promise.reject(new StepError('internal', 'knowledge_not_here')) };
/** Where there are no files. */
export const noFiles: Files = {
  open: () => Promise.reject(new StepError('internal', 'files_not_here')),
  save: () => Promise.reject(new StepError('internal', 'files_not_here')),
  text: () => Promise.reject(new StepError('internal', 'files_not_here')),
};
/** Keeps nothing. */
export const noMemory: Memory = { recall: async (_, keys) => keys.map(() => undefined), remember: async () => undefined };
