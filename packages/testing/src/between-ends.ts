interface Node {
  type: string;
  config: object;
}

/** A flow of these nodes between one input `text` and one output `reply`; edges as pairs of `node.port`. */
export const betweenEnds = (nodes: Record<string, Node>, edges: readonly [from: string, to: string][], type = 'text') => ({
  format: 'patchbay/flow',
  version: 1,
  name: 'Between ends',
  nodes: {
    in: { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type }] } },
    ...nodes,
    out: { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'any' }] } },
  },
  edges: edges.map(([from, to]) => ({ from, to })),
  layout: {},
});

/** Keeps a text that a pattern is found in. */
export const keepsWhatMatches = (pattern: string) =>
  betweenEnds({ keep: { type: 'filter', config: { conditions: [{ op: 'matches', value: pattern }] } } }, [
    ['in.text', 'keep.value'],
    ['keep.kept', 'out.reply'],
  ]);
