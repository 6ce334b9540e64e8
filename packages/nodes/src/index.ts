import { createCatalogue } from '@patchbay/node-kit';
import { agentNode } from './agent/agent.node.ts';
import { answerNode } from './answer/answer.node.ts';
import { askVideoNode } from './ask-video/ask-video.node.ts';
import { biasCheckNode } from './bias-check/bias-check.node.ts';
import { branchNode } from './branch/branch.node.ts';
import { chatNode } from './chat/chat.node.ts';
import { classifyNode } from './classify/classify.node.ts';
import { codeNode } from './code/code.node.ts';
import { contentRulesNode } from './content-rules/content-rules.node.ts';
import { csvNode } from './csv/csv.node.ts';
import { dataNode } from './data/data.node.ts';
import { dateNode } from './date/date.node.ts';
import { describeImageNode } from './describe-image/describe-image.node.ts';
import { expressionNode } from './expression/expression.node.ts';
import { extractNode } from './extract/extract.node.ts';
import { filterNode } from './filter/filter.node.ts';
import { forEachNode } from './for-each/for-each.node.ts';
import { httpNode } from './http/http.node.ts';
import { inputNode } from './input/input.node.ts';
import { knowledgeNode } from './knowledge/knowledge.node.ts';
import { listNode } from './list/list.node.ts';
import { makeImageNode } from './make-image/make-image.node.ts';
import { maskNode } from './mask/mask.node.ts';
import { modelNode } from './model/model.node.ts';
import { noteNode } from './note/note.node.ts';
import { numberNode } from './number/number.node.ts';
import { outputNode } from './output/output.node.ts';
import { outputGuardNode } from './output-guard/output-guard.node.ts';
import { promptNode } from './prompt/prompt.node.ts';
import { readFileNode } from './read-file/read-file.node.ts';
import { repeatNode } from './repeat/repeat.node.ts';
import { rewriteNode } from './rewrite/rewrite.node.ts';
import { speakNode } from './speak/speak.node.ts';
import { subFlowNode } from './sub-flow/sub-flow.node.ts';

import { summarizeNode } from './summarize/summarize.node.ts';
import { switchNode } from './switch/switch.node.ts';
import { templateNode } from './template/template.node.ts';
import { textNode } from './text/text.node.ts';
import { transcribeNode } from './transcribe/transcribe.node.ts';
import { translateNode } from './translate/translate.node.ts';
import { unmaskNode } from './unmask/unmask.node.ts';
import { waitPersonNode } from './wait-person/wait-person.node.ts';
import { waitTimeNode } from './wait-time/wait-time.node.ts';
import { writeCodeNode } from './write-code/write-code.node.ts';

/** The built-in node types, in the palette's order. A new node is one folder and one line here. */
export const catalogue = createCatalogue([
  inputNode,
  outputNode,
  promptNode,
  modelNode,
  chatNode,
  translateNode,
  summarizeNode,
  rewriteNode,
  classifyNode,
  extractNode,
  knowledgeNode,
  answerNode,
  agentNode,
  writeCodeNode,
  readFileNode,
  describeImageNode,
  transcribeNode,
  speakNode,
  makeImageNode,
  askVideoNode,
  branchNode,
  switchNode,
  filterNode,
  forEachNode,
  repeatNode,
  subFlowNode,
  waitPersonNode,
  waitTimeNode,
  maskNode,
  unmaskNode,
  contentRulesNode,
  outputGuardNode,
  biasCheckNode,
  textNode,
  templateNode,
  dataNode,
  listNode,
  numberNode,
  dateNode,
  expressionNode,
  csvNode,
  httpNode,
  codeNode,
  noteNode,
]);
