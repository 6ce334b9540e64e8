import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { openServices, readSettings } from '@patchbay/services';
import { editorFolder } from '../editor-files.ts';
import { version } from '../version.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

interface Finding {
  good: boolean;
  text: string;
}

/** `doctor`: looks at what Patchbay needs, changes nothing, and says what is missing. */
export async function doctor(_args: string[], terminal: Terminal): Promise<ExitCode> {
  const findings: Finding[] = [
    { good: true, text: `Patchbay ${version} on Node ${process.versions.node}` },
    existsSync(editorFolder)
      ? { good: true, text: 'The editor is built.' }
      : { good: false, text: 'The editor is not built. Run “npm start” or “pnpm build”.' },
    await lookAtData(terminal),
    lookAtModels(terminal),
  ];
  for (const { good, text } of findings) terminal.out(`${good ? 'ok ' : '!! '} ${text}`);
  return findings.every(({ good }) => good) ? exitCodes.done : exitCodes.wrong;
}

async function lookAtData({ environment, workingFolder }: Terminal): Promise<Finding> {
  try {
    const { dataFolder } = readSettings(environment, workingFolder);
    if (!existsSync(dataFolder)) {
      accessSync(firstExisting(dataFolder), constants.W_OK);
      return { good: true, text: `The data folder ${dataFolder} will be made at the first start.` };
    }
    const services = await openServices({ dataFolder, environment: {}, version, startsRuns: false });
    await services.close();
    return { good: true, text: `The data folder ${dataFolder} can be used.` };
  } catch (error) {
    return { good: false, text: error instanceof Error ? error.message : String(error) };
  }
}

function firstExisting(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : firstExisting(dirname(folder));
}

/** Names of variables only; a key is never printed. */
function lookAtModels({ environment }: Terminal): Finding {
  const found = Object.keys(environment).filter((name) => /_(?:API_KEY|BASE_URL)$/.test(name) && environment[name] !== '');
  return {
    good: true,
    text: found.length === 0 ? 'No provider is set; the built-in demo model answers.' : `Providers are set by ${found.sort().join(', ')}.`,
  };
}
