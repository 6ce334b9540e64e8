/** One end of an edge. */
export interface EdgeEnd {
  node: string;
  port: string;
}

/** `node.port` as its two parts. What has no dot is a node without a port. */
export function splitEnd(end: string): EdgeEnd {
  const dot = end.indexOf('.');
  return dot === -1 ? { node: end, port: '' } : { node: end.slice(0, dot), port: end.slice(dot + 1) };
}

/** The two parts as `node.port`. */
export const joinEnd = (node: string, port: string): string => `${node}.${port}`;
