import { parseArgs } from 'node:util';
import { checkDocument, type PlacedProblem } from '@patchbay/services';
import { readUserFile } from './files.ts';
import { localeOfTerminal } from './locale.ts';
import { type ExitCode, exitCodes, type Terminal, UsageError } from './terminal.ts';

/** `check FLOW.json`: every problem with its place. Warnings alone are no failure. */
export async function check(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('check takes one file.');
  const { flow, problems } = checkDocument({ text: readUserFile(file, terminal), locale: localeOfTerminal(terminal) });
  if (values.json === true) terminal.out(JSON.stringify({ problems }, null, 2));
  else terminal.out(problems.length === 0 ? 'No problems.' : problems.map(line).join('\n'));
  return flow === undefined ? exitCodes.wrong : exitCodes.done;
}

export const line = ({ severity, pointer, line: number, message }: PlacedProblem): string =>
  `${severity}  ${pointer === '' ? '/' : pointer}${number === undefined ? '' : ` (line ${number})`}  ${message}`;
