import { localOwner, openServices, type RotationStep, readSettings, rotateSecrets } from '@patchbay/services';
import { version } from '../version.ts';
import { localeOfTerminal } from './locale.ts';
import { type ExitCode, exitCodes, type Terminal, UsageError } from './terminal.ts';

/** `secrets rotate`: a new master key, beside a running server, on the same data. Says each step when it is safe on the disk. */
export async function secrets(args: string[], terminal: Terminal): Promise<ExitCode> {
  const [verb, ...more] = args;
  if (verb !== 'rotate' || more.length > 0) throw new UsageError('secrets knows one verb, without options: rotate.');
  const { dataFolder } = readSettings({ ...terminal.environment, PORT: undefined, HOST: undefined }, terminal.workingFolder);
  const environment = { PATCHBAY_SECRET_KEY: terminal.environment['PATCHBAY_SECRET_KEY'] };
  const services = await openServices({ dataFolder, environment, version, startsRuns: false });
  try {
    for await (const step of rotateSecrets({ ctx: localOwner(services.deps, localeOfTerminal(terminal)) })) terminal.out(sentence(step));
    terminal.out('Every stored key is sealed by the master key now in force.');
    return exitCodes.done;
  } finally {
    await services.close();
  }
}

function sentence(step: RotationStep): string {
  if (step.done === 'key-added') return `Added the master key ${step.masterKeyId}.`;
  if (step.done === 'resealed') return `Sealed the key of ${step.workspaceId} anew.`;
  return `Dropped the master key ${step.masterKeyIds.join(', ')}.`;
}
