import {
  type AnswerPart,
  type ChatMessage,
  type ChatResult,
  failureError,
  type Json,
  type ModelRequest,
  type NodeContext,
  type Outputs,
  type PortChunk,
  StepError,
  type ToolCallPart,
  type Turn,
} from '@patchbay/node-kit';
import { createLane } from '../lane.ts';

/** What one turn asks. */
export interface Question {
  turn: number;
  request: ModelRequest;
  /** Its text is part of what the step says, after these words. */
  aloud: false | { after: string };
}

/** What a model answered in one turn, as the run keeps it. */
export interface Answer {
  text: string;
  parts: AnswerPart[];
  usage: ChatResult['usage'];
}

/** Asks the model, as a part of the step: in a later attempt of the run the answer is known. Undefined for a call nobody can read. */
export async function* askModel(ctx: NodeContext, { turn, request, aloud }: Question): AsyncGenerator<PortChunk, Answer | undefined> {
  const lane = createLane();
  const answered = ctx.parts
    .run({
      turn,
      id: 'model',
      repeatable: true,
      work: (part) => (part.models.whole === true ? atOnce(part, request) : asWritten(part, request)),
      onText: (text) => lane.put('text', text),
    })
    .finally(lane.close);
  answered.catch(() => undefined);
  let silent = true;
  for await (const chunk of lane.chunks()) {
    if (aloud === false) continue;
    yield silent ? { port: 'text', text: `${aloud.after}${chunk.text}` } : chunk;
    silent = false;
  }
  const answer = answerOf(await answered);
  // A turn that is known already, or came whole, has told no pieces.
  if (aloud !== false && silent && answer !== undefined && answer.text !== '') yield { port: 'text', text: `${aloud.after}${answer.text}` };
  return answer;
}

async function atOnce(ctx: NodeContext, request: ModelRequest): Promise<Outputs> {
  return outputsOf(await ctx.models.chat(request));
}

async function* asWritten(ctx: NodeContext, request: ModelRequest): AsyncGenerator<PortChunk, Outputs> {
  let text = '';
  let end: Omit<ChatResult, 'text'> | undefined;
  for await (const chunk of ctx.models.stream(request)) {
    if (chunk.type === 'text') {
      text += chunk.text;
      yield { port: 'text', text: chunk.text };
    } else if (chunk.type === 'end') end = chunk;
  }
  if (end === undefined) throw new StepError('provider_unavailable', 'stream_cut', { provider: request.model });
  return outputsOf({ ...end, text });
}

/** The answer as the part's values; it has to be there again word for word when the run goes on. */
function outputsOf({ text, parts = [], finishReason, usage }: ChatResult): Outputs {
  if (finishReason === 'content_filter') throw new StepError('content_filtered', 'answer_filtered', {});
  return {
    text,
    calls: toolCallsOf(parts).map(({ name, input }) => ({ tool: name, arguments: input })),
    answer: { parts, usage } as unknown as Json,
  };
}

function answerOf({ outputs, error }: Turn): Answer | undefined {
  if (error?.reason === 'malformed_tool_call') return undefined;
  if (error !== undefined) throw failureError(error);
  const { parts, usage } = outputs['answer'] as unknown as Pick<Answer, 'parts' | 'usage'>;
  return { text: typeof outputs['text'] === 'string' ? outputs['text'] : '', parts, usage };
}

export const toolCallsOf = (parts: readonly AnswerPart[]): ToolCallPart[] => parts.filter((part) => part.type === 'tool-call');

/** What the model said, as it is handed back to it. */
export const turnOf = ({ text, parts }: Answer): ChatMessage => ({ role: 'assistant', content: parts.length > 0 ? parts : text });
