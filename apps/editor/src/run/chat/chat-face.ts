import { type FlowDocument, splitEnd } from '@patchbay/flow';

/** Which inputs and outputs of a flow are a talk. */
export interface ChatFace {
  /** Input that takes what a person says. */
  message: string;
  /** Input that names the conversation. */
  conversation: string;
  /** Output that answers. */
  reply: string;
}

/** A flow talks when inputs of its own name the message and the conversation of a Chat step, and its text is an output. */
export function chatFace({ nodes, edges }: Pick<FlowDocument, 'nodes' | 'edges'>): ChatFace | undefined {
  const typeOf = (id: string): string | undefined => (Object.hasOwn(nodes, id) ? nodes[id]?.type : undefined);
  const input = (to: string): string | undefined => {
    const from = edges.find((edge) => edge.to === to)?.from;
    const end = from === undefined ? undefined : splitEnd(from);
    return end !== undefined && typeOf(end.node) === 'input' ? end.port : undefined;
  };
  const output = (from: string): string | undefined => {
    const ends = edges.filter((edge) => edge.from === from).map((edge) => splitEnd(edge.to));
    return ends.find(({ node }) => typeOf(node) === 'output')?.port;
  };
  for (const [id, node] of Object.entries(nodes)) {
    if (node.type !== 'chat' || node.bypass === true) continue;
    const [message, conversation, reply] = [input(`${id}.message`), input(`${id}.conversation`), output(`${id}.text`)];
    if (message !== undefined && conversation !== undefined && reply !== undefined) return { message, conversation, reply };
  }
  return undefined;
}
