import { type FlowDocument, printFlow } from '@patchbay/flow';

/** Gives the flow as a file of canonical text, named after it. */
export function saveFlowFile(flow: FlowDocument): void {
  const url = URL.createObjectURL(new Blob([printFlow(flow)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${flow.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'flow'}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
