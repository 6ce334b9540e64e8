import { isRecord } from './json.ts';
import type { Problem } from './problem.ts';

export type VersionCode = 'not_a_flow' | 'bad_version' | 'newer_version';

/** The version this code writes. */
export const currentVersion = 1;

/** One step per past version: the document of version n as one of version n + 1. */
export type Migration = (document: Record<string, unknown>) => Record<string, unknown>;
const migrations: ReadonlyMap<number, Migration> = new Map();

/** Brings a document of any past version to the current one, or says why it cannot be read. Leaves the given value as it is. */
export function migrateFlow(
  value: unknown,
  steps: ReadonlyMap<number, Migration> = migrations,
  target: number = currentVersion,
): { document?: Record<string, unknown>; problems: Problem<VersionCode>[] } {
  if (!isRecord(value) || value['format'] !== 'patchbay/flow') {
    return { problems: [{ code: 'not_a_flow', severity: 'error', pointer: isRecord(value) ? '/format' : '', params: {} }] };
  }
  const { version } = value;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return { problems: [{ code: 'bad_version', severity: 'error', pointer: '/version', params: {} }] };
  }
  if (version > target) {
    return { problems: [{ code: 'newer_version', severity: 'error', pointer: '/version', params: { version, known: target } }] };
  }
  let document = value;
  for (let from = version; from < target; from += 1) {
    const step = steps.get(from);
    if (step === undefined) return { problems: [{ code: 'bad_version', severity: 'error', pointer: '/version', params: {} }] };
    document = { ...step(document), version: from + 1 };
  }
  return { document, problems: [] };
}
