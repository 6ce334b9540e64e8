import { describeProblem, issueProblem, type Locale, shapeIssues } from '@patchbay/flow';
import type * as z from 'zod';
import { ServiceError } from './service-error.ts';

/** A request's body as a use case takes it, or a refusal that names every wrong part in the reader's language. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, body: unknown, locale: Locale): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = shapeIssues(parsed.error, body).map((issue) => issueProblem(issue));
  const errors = problems.map((problem) => ({ pointer: problem.pointer, message: describeProblem(problem, locale) }));
  throw new ServiceError('invalid_input', 'body_invalid', { errors });
}
