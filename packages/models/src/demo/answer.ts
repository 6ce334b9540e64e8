import type { ChatRequest, Json } from '../interface.ts';
import { lastUserText } from '../messages.ts';
import { chat } from './chat.ts';
import { classify, classifyMany, type Verdict } from './classify.ts';
import { codeOf } from './code-of.ts';
import { describe } from './describe.ts';
import { extract, extractMany } from './extract.ts';
import { findAnswer } from './find-answer.ts';
import { moderate } from './moderate.ts';
import { rewrite } from './rewrite.ts';
import { propertiesOf, sampleOf } from './schema-sample.ts';
import { summarize } from './summarize.ts';
import { fromTools } from './tool-call.ts';
import { translate } from './translate.ts';

type Schema = { [key: string]: Json };

/** Rules look at this many characters; a longer text would hold up everyone else. */
const looked = 100_000;

/** The demo model's whole answer. The same request always gets the same one. */
export function answerOf(request: ChatRequest): string {
  const { schema } = request;
  const asked = request.task;
  const whole = asked === undefined || asked.kind === 'chat' ? '' : asked.text;
  const task = asked === undefined || asked.kind === 'chat' ? undefined : { ...asked, text: whole.slice(0, looked) };
  switch (task?.kind) {
    case 'classify':
      if (task.many === true) return JSON.stringify({ labels: classifyMany(task) });
      return JSON.stringify(schema === undefined ? verdictOf(classify(task)) : sampleOf(schema, named(classify(task), schema)));
    case 'extract':
      if (task.many === true) return JSON.stringify({ records: extractMany(task.text, task.fields) });
      return JSON.stringify(extract(task.text, task.fields));
    case 'summarize':
      return summarize(task.text, task.sentences);
    case 'translate':
      return translate(whole, task.target);
    case 'rewrite':
      return rewrite(task);
    case 'answer':
      return JSON.stringify(findAnswer(task));
    case 'code':
      return codeOf(task.text, task.language);
    case 'moderate':
      return JSON.stringify({ topics: moderate(task.text, task.topics) });
    case 'describe':
      return describe(request.messages, task.text, task.language);
    case 'bias':
      // What rules know of it, the step that asks knows already.
      return JSON.stringify({ findings: [], rewrite: '' });
    default:
      return schema === undefined
        ? (fromTools(request.messages) ?? chat(request.messages))
        : JSON.stringify(filled(schema, lastUserText(request.messages).slice(0, looked)));
  }
}

const verdictOf = ({ label, confidence }: Verdict): { [key: string]: Json } => ({ label, confidence });

/** The verdict under the schema's own names: the label where its choices are, the confidence at a number. */
function named(verdict: Verdict, schema: Schema): Record<string, Json> {
  const known = verdictOf(verdict);
  for (const [key, part] of Object.entries(propertiesOf(schema))) {
    if (Array.isArray(part['enum']) && part['enum'].includes(verdict.label)) known[key] = verdict.label;
    else if (part['type'] === 'number' && !Object.hasOwn(known, key)) known[key] = verdict.confidence;
  }
  return known;
}

/** An instance of the schema with what the prompt plainly says put in. */
function filled(schema: Schema, prompt: string): Json {
  const fields = Object.entries(propertiesOf(schema)).map(([id, part]) => ({
    id,
    title: typeof part['title'] === 'string' ? part['title'] : id,
    type: typeof part['type'] === 'string' ? (part['type'] === 'string' ? 'text' : part['type']) : 'text',
  }));
  const found = Object.entries(extract(prompt, fields)).filter(([, value]) => value !== null);
  return sampleOf(schema, Object.fromEntries(found));
}
