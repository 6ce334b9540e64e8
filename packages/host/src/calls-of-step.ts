import type { CallContext, ChatChunk, ChatRequest, ChatResult, PriceOverrides } from '@patchbay/models';
import type { StepHandle } from '@patchbay/node-kit';
import type { Sized } from './call-size.ts';
import type { Ledger, OpenCall } from './ledger.ts';
import type { Gate, Leave } from './limits/gate.ts';
import { mostExpected } from './limits/most-expected.ts';
import { type Purse, reserve } from './limits/purse.ts';
import type { Choice } from './registry.ts';

export interface CallLimits {
  /** Calls at once, by `provider/model`. */
  gate: Gate;
  /** Every budget a call must fit into. */
  purses: readonly Purse[];
  prices: PriceOverrides | undefined;
}

/** Calls of one step to providers. */
export interface Calls {
  generate(choice: Choice, asked: ChatRequest): Promise<ChatResult>;
  write(choice: Choice, asked: ChatRequest): AsyncGenerator<ChatChunk>;
  /** What is not chat, of a size by which it is expected and estimated. */
  ask<Answer extends Billed>(choice: Choice, size: Sized, use: (call: CallContext) => Promise<Answer>): Promise<Answer>;
}

type Billed = Pick<ChatResult, 'usage' | 'model' | 'simulated'>;

/** What a call holds while it is under way. */
interface Held {
  leave: Leave;
  call: OpenCall;
}

/** Each call waits for its turn and its money, has its key, and is recorded, failed ones included. */
export function callsOfStep(step: StepHandle, ledger: Ledger, { gate, purses, prices }: CallLimits): Calls {
  const { signal } = step;
  let calls = 0;
  // The same call of the same step has the same key in a later attempt, so a provider that knows it bills once.
  const contextOf = ({ route }: Choice): CallContext => {
    calls += 1;
    return { signal, request: route.request, idempotencyKey: `${step.run}:${step.scope}:${step.node}:${calls}` };
  };

  /** A way that is free, and no budget, cost no turn of the loop. */
  const hold = (choice: Choice, asked: Sized): Held | Promise<Held> => {
    const entered = gate.enter(`${choice.route.provider.id}/${choice.model}`, signal);
    if (entered instanceof Promise || purses.length > 0) return holdLater(choice, asked, entered);
    return { leave: entered, call: ledger.open(choice, asked) };
  };
  const holdLater = async (choice: Choice, asked: Sized, entering: Leave | Promise<Leave>): Promise<Held> => {
    const leave = await entering;
    try {
      const settle = purses.length === 0 ? undefined : await reserve(purses, await mostExpected(choice, asked, prices), signal);
      return { leave, call: ledger.open(choice, asked, settle) };
    } catch (error) {
      leave();
      throw error;
    }
  };

  const ask: Calls['ask'] = async (choice, size, use) => {
    const holding = hold(choice, size);
    const { leave, call } = holding instanceof Promise ? await holding : holding;
    try {
      const answer = await use(contextOf(choice));
      call.answered(answer);
      return answer;
    } catch (error) {
      await call.failed(error);
      throw error;
    } finally {
      leave();
    }
  };

  return {
    ask,
    generate: (choice, asked) => ask(choice, asked, (call) => choice.route.provider.generate(asked, call)),
    async *write(choice, asked) {
      const { leave, call } = await hold(choice, asked);
      try {
        for await (const chunk of choice.route.provider.stream(asked, contextOf(choice))) {
          if (chunk.type === 'end') call.answered(chunk);
          else call.heard(chunk.text);
          yield chunk;
        }
      } catch (error) {
        await call.failed(error);
        throw error;
      } finally {
        await call.failed();
        leave();
      }
    },
  };
}
