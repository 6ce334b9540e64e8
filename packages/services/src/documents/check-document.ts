import { type FlowDocument, type Locale, locateProblems, type Problem, parseFlow } from '@patchbay/flow';
import { checkFlow, describeProblem, upgradeNodes } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';

/** A problem of a document in a file, for a person in a terminal. */
export interface PlacedProblem {
  severity: Problem['severity'];
  code: string;
  /** RFC 6901 pointer into the document. */
  pointer: string;
  /** Where the text has one. */
  line: number | undefined;
  message: string;
}

export interface DocumentReading {
  /** The flow, brought up to date in memory; absent where it has errors. */
  flow: FlowDocument | undefined;
  problems: PlacedProblem[];
}

/** Reads and checks a flow without a store: everything that is wrong with it, errors first. */
export function checkDocument({ text, locale }: { text: string; locale: Locale }): DocumentReading {
  const reading = parseFlow(text);
  const flow = reading.flow === undefined ? undefined : upgradeNodes(reading.flow, catalogue).flow;
  const found = flow === undefined ? reading.problems : checkFlow(flow, catalogue);
  locateProblems(text, found);
  const problems = found.map((problem) => place(problem, locale)).sort((a, b) => a.severity.localeCompare(b.severity));
  const usable = problems.every((problem) => problem.severity !== 'error');
  return { flow: usable ? flow : undefined, problems };
}

function place(problem: Problem, locale: Locale): PlacedProblem {
  const line = problem.params['line'];
  return {
    severity: problem.severity,
    code: problem.code,
    pointer: problem.pointer,
    line: typeof line === 'number' ? line : undefined,
    message: describeProblem(problem, locale),
  };
}
