import { parseFlow } from '@patchbay/flow';
import { checkFlow } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';

/** A file of the caller becomes a text by one step, which is masked and goes to a model. */
function warningsOf(reader: { type: string; port: string }, fileType: string): [code: string, node: string | undefined][] {
  const { flow } = parseFlow(
    JSON.stringify({
      format: 'patchbay/flow',
      version: 1,
      name: 'Files',
      nodes: {
        in: { type: 'input', config: { fields: [{ id: 'file', title: 'File', type: fileType }] } },
        take: { type: reader.type, config: {} },
        hide: { type: 'mask', config: {} },
        ask: { type: 'model', config: {} },
        out: { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'text' }] } },
      },
      edges: [
        { from: 'in.file', to: `take.${reader.port}` },
        { from: 'take.text', to: 'hide.text' },
        { from: 'hide.text', to: 'ask.prompt' },
        { from: 'ask.text', to: 'out.reply' },
      ],
      layout: {},
    }),
  );
  if (flow === undefined) throw new Error('the flow does not parse');
  return checkFlow(flow, catalogue).map(({ code, node }) => [code, node]);
}

test.each([
  ['transcribe', 'audio', 'audio'],
  ['describe_image', 'image', 'image'],
  ['ask_video', 'video', 'video'],
])('%s gives the file to a model before anything is masked, which the check says', (type, port, fileType) => {
  expect(warningsOf({ type, port }, fileType)).toEqual([['file_not_hidden', 'take']]);
});

test('a file that is read here and masked before a model sees its text is no warning', () => {
  expect(warningsOf({ type: 'read_file', port: 'file' }, 'file')).toEqual([]);
});
