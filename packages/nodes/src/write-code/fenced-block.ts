/** The blocks of code fenced by three or more backticks or tildes, as CommonMark closes them; an open one reaches the end. */
export function fencedBlocks(text: string): { code: string; closed: boolean }[] {
  const blocks: { code: string; closed: boolean }[] = [];
  let open: { fence: string; lines: string[] } | undefined;
  for (const line of text.split(/\r?\n/)) {
    const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (open === undefined) {
      if (fence !== null && !(fence[2] ?? '').includes('`')) open = { fence: fence[1] as string, lines: [] };
    } else if (fence !== null && fence[1]?.startsWith(open.fence) === true && (fence[2] ?? '').trim() === '') {
      blocks.push({ code: open.lines.join('\n'), closed: true });
      open = undefined;
    } else open.lines.push(line);
  }
  if (open !== undefined) blocks.push({ code: open.lines.join('\n'), closed: false });
  return blocks;
}

/** The code of a text with exactly one whole block; undefined for none, several, or one that is cut off or empty. */
export function singleBlock(text: string): string | undefined {
  const blocks = fencedBlocks(text);
  const [only] = blocks;
  return blocks.length === 1 && only?.closed === true && only.code.trim() !== '' ? only.code : undefined;
}
