import { describeProblem as describeFlowProblem, fillWords, type Locale, type Problem, type Words } from '@patchbay/flow';
import type { ConfigFault } from './definition.ts';

/** The codes `checkFlow` adds to those of the document. */
export type KitCode =
  | 'unknown_type'
  | 'newer_node'
  | 'parent_not_container'
  | 'end_in_container'
  | 'nested_too_deep'
  | 'port_is_inside'
  | 'port_is_outside'
  | 'duplicate_port'
  | 'value_of_no_port'
  | 'value_does_not_fit'
  | 'null_for_required'
  | 'fan_in_of_no_port'
  | 'fan_in_does_not_fit'
  | ConfigFault['code']
  | 'fallback_model_missing'
  | 'fallback_model_useless'
  | 'fallback_of_no_port'
  | 'not_a_chip'
  | 'edge_from_no_port'
  | 'edge_to_no_port'
  | 'types_do_not_fit'
  | 'needs_fan_in'
  | 'required_input_missing'
  | 'chip_not_connected'
  | 'no_output'
  | 'leads_nowhere'
  | 'field_types_differ'
  | 'never_runs'
  | 'output_not_connected'
  | 'output_never_set'
  | 'result_never_set'
  | 'output_may_be_empty'
  | 'file_not_hidden';

const kitWords: Record<KitCode, Words> = {
  unknown_type: {
    en: 'The kind of step “{type}” is not known here. It stays as it is, but the flow cannot run with it.',
    'zh-Hans': '此处没有“{type}”这种步骤。它会原样保留，但流程无法运行。',
  },
  newer_node: {
    en: 'This step was made with a newer version ({version}; known here: {known}). Update Patchbay.',
    'zh-Hans': '此步骤由更新的版本创建（{version}，当前支持 {known}）。请升级 Patchbay。',
  },
  parent_not_container: { en: 'Steps cannot stand inside “{parent}”.', 'zh-Hans': '“{parent}”中不能放置步骤。' },
  end_in_container: {
    en: 'Inputs and outputs of the flow cannot stand inside “{container}”. Move this step out of it.',
    'zh-Hans': '流程的输入和输出不能放在“{container}”中，请将此步骤移到外面。',
  },
  nested_too_deep: { en: 'Steps may stand inside each other at most {limit} deep.', 'zh-Hans': '步骤最多只能嵌套 {limit} 层。' },
  port_is_inside: {
    en: '“{port}” of “{container}” is for the steps inside it, but the wire goes to or comes from outside.',
    'zh-Hans': '“{container}”的“{port}”仅供其内部步骤使用，但连线的另一端在外面。',
  },
  port_is_outside: {
    en: '“{port}” of “{container}” is for what stands outside it, but the wire goes to or comes from a step inside.',
    'zh-Hans': '“{container}”的“{port}”仅供其外部使用，但连线的另一端在内部步骤上。',
  },
  duplicate_port: { en: 'The name “{port}” is used twice in this step.', 'zh-Hans': '此步骤中名称“{port}”重复。' },
  value_of_no_port: {
    en: 'There is a value for “{port}”, but this step has no such input.',
    'zh-Hans': '设置了“{port}”的值，但此步骤没有这个输入。',
  },
  value_does_not_fit: { en: 'The value of “{port}” must be: {expected}.', 'zh-Hans': '“{port}”的值必须是：{expected}。' },
  null_for_required: {
    en: '“{port}” is required, but its value is empty (null): the run would fail here.',
    'zh-Hans': '“{port}”为必需，但其值为空（null），运行会在此失败。',
  },
  fan_in_of_no_port: {
    en: 'There is a rule for several wires into “{port}”, but no such input.',
    'zh-Hans': '为“{port}”设置了多线合并规则，但没有这个输入。',
  },
  fan_in_does_not_fit: {
    en: 'Several wires into “{port}” cannot be put together this way: it takes {expected}.',
    'zh-Hans': '接入“{port}”的多条连线不能这样合并：它只接受{expected}。',
  },
  condition_incomplete: {
    en: 'This condition has nothing to compare with: fill it in, or choose “is empty” or “is not empty”.',
    'zh-Hans': '此条件没有比较值：请填写，或选择“为空”“不为空”。',
  },
  condition_not_a_number: {
    en: '“{text}” is not a number, and this comparison needs one.',
    'zh-Hans': '“{text}”不是数字，而此比较需要数字。',
  },
  case_empty: {
    en: 'This case has no value to be compared with: fill it in, or remove the case.',
    'zh-Hans': '此情形没有可比较的值：请填写，或删除该情形。',
  },
  text_missing: { en: 'There is nothing here yet: fill it in.', 'zh-Hans': '此处还是空的，请填写。' },
  expression_bad: {
    en: 'The expression cannot be used. Line {line}, character {column}: {problem}',
    'zh-Hans': '表达式无法使用。第 {line} 行第 {column} 个字符：{problem}。',
  },
  template_bad: {
    en: 'The template cannot be used. Line {line}, character {column}: {problem}',
    'zh-Hans': '模板无法使用。第 {line} 行第 {column} 个字符：{problem}。',
  },
  fallback_model_missing: { en: 'Choose the model to fall back to.', 'zh-Hans': '请选择备用模型。' },
  fallback_model_useless: {
    en: 'This step calls no model, so it cannot fall back to another one.',
    'zh-Hans': '此步骤不调用模型，无法使用备用模型。',
  },
  fallback_of_no_port: {
    en: 'There is a fallback value for “{port}”, but no such output.',
    'zh-Hans': '设置了“{port}”的备用值，但没有这个输出。',
  },
  not_a_chip: {
    en: '{text} looks like a value to insert, but is none and stays text. Insert it from the list, or write \\{{ for braces.',
    'zh-Hans': '{text} 看起来是要插入的值，但并不是，会按文本保留。请从列表插入，或用 \\{{ 表示花括号。',
  },
  edge_from_no_port: {
    en: 'A wire comes from “{port}”, but this step has no such output ({edge}).',
    'zh-Hans': '有连线来自“{port}”，但此步骤没有这个输出（{edge}）。',
  },
  edge_to_no_port: {
    en: 'A wire goes to “{port}”, but this step has no such input ({edge}).',
    'zh-Hans': '有连线通向“{port}”，但此步骤没有这个输入（{edge}）。',
  },
  types_do_not_fit: { en: '“{port}” takes {to}, but the wire carries {from}.', 'zh-Hans': '“{port}”接受{to}，但连线传来的是{from}。' },
  needs_fan_in: {
    en: '{count} wires go into “{port}”. Choose what happens: first available, list, or join as text.',
    'zh-Hans': '有 {count} 条连线接入“{port}”。请选择处理方式：取第一个可用、收集为列表或拼接为文本。',
  },
  required_input_missing: { en: '“{port}” is required: wire it, or give it a value.', 'zh-Hans': '“{port}”为必需：请连线或填写值。' },
  chip_not_connected: {
    en: 'Nothing is wired to {{{port}}}: wire it, or mark it as optional with ?.',
    'zh-Hans': '{{{port}}} 没有接入值：请连线，或用 ? 标为可选。',
  },
  no_output: {
    en: 'The flow has no output: add one, so that it answers something.',
    'zh-Hans': '流程没有输出：请添加一个输出，使其能返回结果。',
  },
  leads_nowhere: { en: 'What this step makes reaches no output.', 'zh-Hans': '此步骤的结果没有到达任何输出。' },
  field_types_differ: {
    en: '“{field}” stands in two places with two types: {first} and {second}.',
    'zh-Hans': '“{field}”出现在两处且类型不同：{first} 与 {second}。',
  },
  never_runs: {
    en: 'This step never runs: no route gives a value to all of {ports} at once.',
    'zh-Hans': '此步骤永远不会运行：没有一条路径能同时为 {ports} 提供值。',
  },
  output_not_connected: { en: 'Nothing is wired to the output “{output}”.', 'zh-Hans': '输出“{output}”没有接入任何值。' },
  result_never_set: {
    en: 'No turn ever gives a “{result}”: no route inside leads to it.',
    'zh-Hans': '每次循环都不会得到“{result}”：内部没有路径能到达。',
  },
  output_never_set: {
    en: 'The output “{output}” never has a value: no route leads to it.',
    'zh-Hans': '输出“{output}”永远没有值：没有路径通向它。',
  },
  output_may_be_empty: {
    en: 'The output “{output}” is empty on this route: {route}.',
    'zh-Hans': '在此路径上输出“{output}”为空：{route}。',
  },
  file_not_hidden: {
    en: 'The model is given the file on “{port}” as it is: “{mask}” hides personal data in texts only. To hide it, take the text out of the file first and mask that.',
    'zh-Hans': '模型会收到“{port}”上的原始文件：“{mask}”只隐藏文本中的个人信息。如需隐藏，请先提取文件中的文字再脱敏。',
  },
};

export const isKitCode = (code: string): code is KitCode => Object.hasOwn(kitWords, code);

/** The sentence of a problem in the reader's language: of the document and of the check against a catalogue. */
export function describeProblem(problem: Problem, locale: Locale): string {
  return isKitCode(problem.code) ? fillWords(kitWords[problem.code], problem.params, locale) : describeFlowProblem(problem, locale);
}
