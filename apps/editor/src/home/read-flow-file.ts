import { describeProblem, type FlowDocument, flowLimits, parseFlow } from '@patchbay/flow';
import i18next from 'i18next';
import { currentLocale } from '../i18n/index.ts';

/** The flow in a file, or in words why it holds none. Reading comes with its own code: most visits to Home import nothing. */
export async function readFlowFile(file: File): Promise<{ flow: FlowDocument } | { flow?: never; reason: string }> {
  if (file.size > flowLimits.bytes) return { reason: i18next.t('home:importTooBig') };
  const { flow, problems } = parseFlow(await file.text());
  if (flow !== undefined) return { flow };
  const [first] = problems;
  if (first === undefined) return { reason: i18next.t('home:importNotJson') };
  const reason = describeProblem(first, currentLocale());
  const { line, column } = first.params;
  return { reason: line === undefined || column === undefined ? reason : i18next.t('home:importPlace', { line, column, reason }) };
}
