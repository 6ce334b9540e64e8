import type { ChatMessage, ChatRequest, Json, ToolCallPart, ToolDefinition, ToolResultPart } from '../interface.ts';
import { lastUserText } from '../messages.ts';
import { extract } from './extract.ts';
import { type DemoLanguage, excerpt, languageOf } from './language.ts';
import { replies } from './replies.ts';
import { fits, propertiesOf, sampleOf } from './schema-sample.ts';

/** Rules look at this many characters. */
const looked = 10_000;

/** The call a plain reading of the prompt asks for: of the tool whose words it shares. Undefined where none has any. */
export function toolCallOf(request: ChatRequest): ToolCallPart | undefined {
  const { tools = [], toolChoice = 'auto', messages } = request;
  if (toolChoice === 'none' || resultsOf(messages).length > 0) return undefined;
  const prompt = lastUserText(messages).slice(0, looked);
  const tool = chosen(tools, toolChoice, prompt);
  if (tool === undefined) return undefined;
  return { type: 'tool-call', id: `call_${messages.length}`, name: tool.name, input: argumentsOf(tool, prompt) };
}

function chosen(
  tools: readonly ToolDefinition[],
  choice: NonNullable<ChatRequest['toolChoice']>,
  prompt: string,
): ToolDefinition | undefined {
  if (typeof choice === 'object') return tools.find(({ name }) => name === choice.name);
  const words = wordsOf(prompt);
  const ranked = tools.map((tool) => ({ tool, score: scoreOf(tool, words, prompt) })).sort((a, b) => b.score - a.score);
  const [best] = ranked;
  return best !== undefined && (best.score > 0 || choice === 'required') ? best.tool : undefined;
}

const sum = /\(?\d[\d.,]*\)?(?:\s*[-+*/×÷^%]\s*\(?\d[\d.,]*\)?)+/;
const timely = /\b(?:time|date|today|now|weekday|day is it)\b|几点|日期|今天|时间|星期/i;

function scoreOf(tool: ToolDefinition, words: ReadonlySet<string>, prompt: string): number {
  const shared = [...wordsOf(`${tool.name.replaceAll(/[_-]/g, ' ')} ${tool.description}`)].filter((word) => words.has(word)).length;
  if (Object.hasOwn(propertiesOf(tool.inputSchema), 'expression')) return sum.test(prompt) ? shared + 10 : 0;
  return timely.test(prompt) && timely.test(tool.description) ? shared + 5 : shared;
}

const small = new Set('the and for with from this that you your are was what which when how its has have can not into'.split(' '));

/** Words of three letters and more without their plural; Chinese by pairs of characters. */
function wordsOf(text: string): Set<string> {
  const latin = (text.toLowerCase().match(/\p{Script=Latin}{3,}/gu) ?? []).map((word) => word.replace(/(?:ies|es|s)$/, ''));
  const han = (text.match(/\p{Script=Han}+/gu) ?? []).flatMap((run) => [...run].slice(1).map((_, index) => run.slice(index, index + 2)));
  return new Set([...latin.filter((word) => !small.has(word)), ...han]);
}

/** What the prompt plainly says, by the names of the arguments; a text that is needed and not found is the prompt itself. */
function argumentsOf({ inputSchema }: ToolDefinition, prompt: string): Json {
  const properties = propertiesOf(inputSchema);
  const required = new Set(Array.isArray(inputSchema['required']) ? inputSchema['required'] : []);
  const fields = Object.entries(properties).map(([id, { title, description, type }]) => ({
    id,
    title: `${typeof title === 'string' ? title : id} ${typeof description === 'string' ? description : ''}`,
    type: type === 'string' || typeof type !== 'string' ? 'text' : type,
  }));
  const found = extract(prompt, fields);
  const known: Record<string, Json> = {};
  for (const [id, part] of Object.entries(properties)) {
    const value = id === 'expression' ? (sum.exec(prompt)?.[0] ?? null) : ((found[id] ?? null) as Json);
    if (value !== null && fits(part, value)) known[id] = value;
    else if (required.has(id) && part['type'] === 'string' && !Array.isArray(part['enum'])) known[id] = excerpt(prompt, 200);
  }
  const wanted = Object.entries(properties).filter(([id]) => required.has(id) || Object.hasOwn(known, id));
  const filled = sampleOf({ type: 'object', properties: Object.fromEntries(wanted) }, known) as Record<string, Json>;
  // The smallest sample of a text is a stand-in: what is known takes its place whatever its form.
  return { ...filled, ...known };
}

/** Answers with what the tools gave: the demo model adds nothing to it. Undefined where no tool was called. */
export function fromTools(messages: readonly ChatMessage[]): string | undefined {
  const results = resultsOf(messages);
  if (results.length === 0) return undefined;
  const language = languageOf(lastUserText(messages).slice(0, looked));
  const lines = results.map((result) => lineOf(result, language));
  return `${lines.join('\n')}\n\n${replies[language].signature}`;
}

function lineOf({ name, output, failed }: ToolResultPart, language: DemoLanguage): string {
  const { toolGave, toolFailed } = replies[language];
  const record = typeof output === 'object' && output !== null && !Array.isArray(output) ? output : {};
  const value = record['data'] ?? record['error'] ?? output;
  const text = excerpt(typeof value === 'string' ? value : JSON.stringify(value), 600);
  return failed === true ? toolFailed(name, text) : toolGave(name, text);
}

/** The results since the user last spoke. */
function resultsOf(messages: readonly ChatMessage[]): ToolResultPart[] {
  const since = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
  return since.flatMap(({ role, content }) =>
    role === 'tool' && typeof content !== 'string' ? content.filter((part) => part.type === 'tool-result') : [],
  );
}
