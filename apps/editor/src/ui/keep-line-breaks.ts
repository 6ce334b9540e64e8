/** As much of a Markdown tree as is looked at here. */
interface Branch {
  type: string;
  value?: string;
  children?: Branch[];
}

/** A remark plugin: a line that ends in a text ends on the page too, as in a letter's "Kind regards". */
export const keepLineBreaks = () => (tree: Branch) => breakLines(tree);

function breakLines(branch: Branch): void {
  if (branch.children === undefined) return;
  branch.children = branch.children.flatMap((child) => {
    if (child.type !== 'text' || child.value === undefined || !child.value.includes('\n')) {
      breakLines(child);
      return [child];
    }
    return child.value.split(/\r?\n/).flatMap((value, index): Branch[] => {
      const text = value === '' ? [] : [{ type: 'text', value }];
      return index === 0 ? text : [{ type: 'break' }, ...text];
    });
  });
}
