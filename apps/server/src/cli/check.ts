import { parseArgs } from 'node:util';
import { checkDocument, describeEstimate, estimateDocument, type PlacedProblem } from '@patchbay/services';
import { readUserFile } from './files.ts';
import { localeOfTerminal } from './locale.ts';
import { type ExitCode, exitCodes, type Terminal, UsageError } from './terminal.ts';

/** `check FLOW.json`: every problem with its place, and what a run would ask of models. Warnings alone are no failure. */
export async function check(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('check takes one file.');
  const locale = localeOfTerminal(terminal);
  const { flow, problems } = checkDocument({ text: readUserFile(file, terminal), locale });
  const estimate = flow === undefined ? undefined : await estimateDocument({ flow, environment: terminal.environment });
  if (values.json === true) terminal.out(JSON.stringify({ problems, estimate }, null, 2));
  else terminal.out(problems.length === 0 ? 'No problems.' : problems.map(line).join('\n'));
  if (estimate !== undefined && values.json !== true) terminal.out(describeEstimate(estimate, locale));
  return flow === undefined ? exitCodes.wrong : exitCodes.done;
}

export const line = ({ severity, pointer, line: number, message }: PlacedProblem): string =>
  `${severity}  ${pointer === '' ? '/' : pointer}${number === undefined ? '' : ` (line ${number})`}  ${message}`;
