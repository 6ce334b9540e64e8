export type { Json, Locale, Words } from '@patchbay/flow';
export { fillWords, isRecord } from '@patchbay/flow';
export type {
  AnswerPart,
  ChatChunk,
  ChatMessage,
  ChatResult,
  ErrorClass,
  MediaPart,
  ModelTask,
  ToolCallPart,
  ToolResultPart,
} from '@patchbay/models';
export * from './check-flow.ts';
export * from './chips.ts';
export { configOf, type ReadConfig } from './config-of.ts';
export * from './context.ts';
export * from './conversation.ts';
export * from './convert.ts';
export * from './definition.ts';
export * from './describe-node.ts';
export * from './describe-problem.ts';
export * from './expression/expression.ts';
export * from './face.ts';
export * from './failure.ts';
export * from './field.ts';
export * from './inputs.ts';
export { parseJsonText } from './json-text.ts';
export * from './label.ts';
export * from './language-tags.ts';
export * from './liquid.ts';
export * from './mcp.ts';
export * from './media-value.ts';
export * from './nearest.ts';
export * from './pattern.ts';
export * from './port-type.ts';
export * from './ports.ts';
export * from './ports-of.ts';
export * from './readable-outputs.ts';
export * from './run-event.ts';
export * from './step-error.ts';
export * from './template.ts';
export * from './text-stream.ts';
export * from './upgrade.ts';
export * from './value.ts';
export * from './wait.ts';
