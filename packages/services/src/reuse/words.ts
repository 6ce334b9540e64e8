import { fillWords, type Locale, type Words } from '@patchbay/flow';
import { type FieldError, ServiceError } from '../service-error.ts';

/** What can be wrong with the steps and values a run is asked for. */
const partWords = {
  no_step: { en: 'The flow has no step “{node}”.', 'zh-Hans': '流程中没有步骤“{node}”。' },
  step_names: { en: 'Name steps as a list of their ids.', 'zh-Hans': '请以步骤 id 的列表指定步骤。' },
  one_way: { en: 'Give either “only” or “from”.', 'zh-Hans': '“only”与“from”只能选择一个。' },
  reuse_alone: {
    en: 'Values of another run are used with “only” or “from”.',
    'zh-Hans': '其他运行的值需与“only”或“from”一起使用。',
  },
  no_run: { en: 'There is no such run of this flow.', 'zh-Hans': '此流程没有这次运行。' },
  run_masked: {
    en: 'The record of that run hides personal data: its values cannot be used again. Leave it out, or pin values.',
    'zh-Hans': '该运行的记录隐藏了个人信息，其中的值不能再次使用。请不要指定它，或固定所需的值。',
  },
  end_of_flow: {
    en: '“{step}” is an end of the flow: it only hands values on.',
    'zh-Hans': '“{step}”是流程的端点，只负责传递值。',
  },
  pinned: { en: '“{step}” is pinned. Take its pin away to run it.', 'zh-Hans': '“{step}”已固定。请先取消固定再运行。' },
  value_unknown: {
    en: '“{step}” needs a value from “{source}”, and none is known yet. Run the flow once, or pin a value there.',
    'zh-Hans': '“{step}”需要来自“{source}”的值，但目前没有。请先运行一次流程，或在该处固定一个值。',
  },
  value_hidden: {
    en: '“{step}” needs a value from “{source}”, and the records of this flow hide personal data. Run the whole flow, or pin a value there.',
    'zh-Hans': '“{step}”需要来自“{source}”的值，但此流程的记录隐藏了个人信息。请运行整个流程，或在该处固定一个值。',
  },
  pins_invalid: { en: 'Pins are an object: a step, and in it a value per output.', 'zh-Hans': '固定值应为对象：每个步骤对应各输出的值。' },
  outputs_missing: { en: 'Give a value for at least one output.', 'zh-Hans': '请至少为一个输出提供值。' },
  no_output: { en: '“{step}” has no output “{port}”.', 'zh-Hans': '“{step}”没有输出“{port}”。' },
  wrong_value: { en: '“{port}” must be: {expected}.', 'zh-Hans': '“{port}”必须是：{expected}。' },
  never_runs: { en: '“{step}” never runs, so it has no values to pin.', 'zh-Hans': '“{step}”不会运行，没有可固定的值。' },
} as const satisfies Record<string, Words>;

export type PartReason = keyof typeof partWords;

/** One thing that is wrong, with its place in the request's body. */
export const partError = (
  pointer: string,
  reason: PartReason,
  locale: Locale,
  params: Record<string, string | number> = {},
): FieldError => ({ pointer, message: fillWords(partWords[reason], params, locale) });

export const partRefused = (errors: FieldError[]): ServiceError => new ServiceError('invalid_input', 'body_invalid', { errors });
