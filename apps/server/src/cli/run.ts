import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkDocument, runDocument } from '@patchbay/services';
import { line } from './check.ts';
import { readUserFile } from './files.ts';
import { localeOfTerminal } from './locale.ts';
import { type ExitCode, exitCodes, type Terminal, UsageError, WrongError } from './terminal.ts';

/** `run FLOW.json`: prints the outputs as JSON. With `--stream`, the text as it arrives goes to standard error. */
export async function run(args: string[], terminal: Terminal): Promise<ExitCode> {
  const options = { inputs: { type: 'string' }, stream: { type: 'boolean' } } as const;
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('run takes one file.');
  const locale = localeOfTerminal(terminal);
  const { flow, problems } = checkDocument({ text: readUserFile(file, terminal), locale });
  if (flow === undefined) {
    terminal.error(problems.map(line).join('\n'));
    return exitCodes.wrong;
  }
  const inputs = readInputs(values.inputs ?? '{}', terminal);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort('asked');
  process.once('SIGINT', onSignal);
  try {
    const { environment } = terminal;
    const onText = values.stream === true ? streamTo(process.stderr) : undefined;
    const result = await runDocument({
      flow,
      inputs,
      environment,
      locale,
      signal: stop.signal,
      ...(onText === undefined ? {} : { onText }),
    });
    if (values.stream === true) terminal.error('');
    terminal.out(JSON.stringify(result.outputs, null, 2));
    if (result.simulated) terminal.error('Simulated: the built-in demo model answered.');
    if (result.error === undefined) return exitCodes.done;
    const { node, message, fix } = result.error;
    terminal.error([node === undefined ? '' : `${node}: `, message, fix === undefined ? '' : ` ${fix}`].join(''));
    return exitCodes.failed;
  } finally {
    process.off('SIGINT', onSignal);
  }
}

function readInputs(given: string, terminal: Terminal): unknown {
  const text = given === '-' ? readFileSync(0, 'utf8') : given.startsWith('@') ? readUserFile(given.slice(1), terminal) : given;
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongError(`The inputs are not JSON: ${text.slice(0, 80)}`);
  }
}

/** Says which output a text belongs to whenever that changes. */
function streamTo(stream: NodeJS.WritableStream): (output: string, text: string) => void {
  let current: string | undefined;
  return (output, text) => {
    if (current !== undefined && current !== output) stream.write('\n');
    if (current !== output) stream.write(`${output}: `);
    current = output;
    stream.write(text);
  };
}
