import {
  type Code,
  type Conversations,
  type Files,
  type Flows,
  type Http,
  type Inside,
  type Knowledge,
  type Locale,
  type Log,
  type Mcp,
  type Memory,
  type ModelCall,
  type Models,
  type NodeContext,
  noCode,
  noConversations,
  noFiles,
  noKnowledge,
  noMcp,
  noMemory,
  type Parts,
  StepError,
  type StepHandle,
  type WaitAnswer,
  type WaitRequest,
  type World,
} from '@patchbay/node-kit';
import type { OpenParts } from './parts.ts';
import type { OpenFlows } from './sub-flow.ts';

/** The run an attempt belongs to, as far as an attempt needs it. */
export interface AttemptOwner {
  readonly runId: string;
  readonly world: World;
  readonly scope: string;
  onCall(step: number, call: ModelCall): void;
  /** Other flows, for one try of a step. */
  openFlows(step: number, attempt: number): OpenFlows;
  /** Parts of its work, for one try of a step. */
  openParts(step: number, attempt: number): OpenParts;
}

/**
 * One attempt as its node sees it (`NodeContext`) and as the host sees it (`StepHandle`).
 * A class with getters, because most steps ask for nothing: models, http, log and signal are made when first asked for.
 */
export class StepContext implements NodeContext, StepHandle {
  readonly #owner: AttemptOwner;
  readonly #step: number;
  readonly node: string;
  readonly attempt: number;
  #controller: AbortController | undefined;
  #aborted = false;
  #models: Models | undefined;
  #http: Http | undefined;
  #code: Code | undefined;
  #log: Log | undefined;
  #inside: Inside | undefined;
  #flows: OpenFlows | undefined;
  #parts: OpenParts | undefined;

  constructor(owner: AttemptOwner, step: { index: number; id: string }, attempt: number) {
    this.#owner = owner;
    this.#step = step.index;
    this.node = step.id;
    this.attempt = attempt;
  }
  get run(): string {
    return this.#owner.runId;
  }
  get scope(): string {
    return this.#owner.scope;
  }
  get locale(): Locale {
    return this.#owner.world.locale;
  }
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#aborted) this.#controller.abort();
    }
    return this.#controller.signal;
  }
  get models(): Models {
    this.#models ??= this.#owner.world.models(this);
    return this.#models;
  }
  get http(): Http {
    this.#http ??= this.#owner.world.http(this);
    return this.#http;
  }
  get code(): Code {
    this.#code ??= this.#owner.world.code?.(this) ?? noCode;
    return this.#code;
  }
  get files(): Files {
    return this.#owner.world.files?.(this) ?? noFiles;
  }
  get log(): Log {
    this.#log ??= this.#owner.world.log(this);
    return this.#log;
  }
  wait(request: WaitRequest): Promise<WaitAnswer> {
    return this.#owner.world.wait?.(this, request) ?? Promise.reject(new StepError('invalid_input', 'wait_needs_server'));
  }
  get memory(): Memory {
    return this.#owner.world.memory?.(this) ?? noMemory;
  }
  get knowledge(): Knowledge {
    return this.#owner.world.knowledge?.(this) ?? noKnowledge;
  }
  get conversations(): Conversations {
    return this.#owner.world.conversations?.(this) ?? noConversations;
  }
  get mcp(): Mcp {
    return this.#owner.world.mcp?.(this) ?? noMcp;
  }
  get flows(): Flows {
    this.#flows ??= this.#owner.openFlows(this.#step, this.attempt);
    return this.#flows;
  }
  get parts(): Parts {
    this.#parts ??= this.#owner.openParts(this.#step, this.attempt);
    return this.#parts;
  }
  get inside(): Inside {
    if (this.#inside === undefined) throw new StepError('internal', 'unexpected');
    return this.#inside;
  }
  /** Opens what stands inside a container. Not part of what a node sees. */
  set inside(inside: Inside) {
    this.#inside = inside;
  }
  turn(): Promise<void> {
    return this.#owner.world.turn?.() ?? Promise.resolve();
  }
  now(): number {
    return this.#owner.world.now();
  }
  random(): number {
    return this.#owner.world.random();
  }
  report(call: ModelCall): void {
    this.#owner.onCall(this.#step, call);
  }
  /** Ends what still runs inside the step. Not part of what a node sees. */
  leave(): void {
    this.#inside?.stop();
    this.#flows?.stop();
    this.#parts?.stop();
  }
  /** Stops what the attempt still does. Not part of what a node sees. */
  abort(): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#controller?.abort();
    this.leave();
  }
}
