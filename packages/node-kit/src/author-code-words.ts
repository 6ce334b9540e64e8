import type { FailureWords } from './failure-words.ts';

/** Sentences of what goes wrong in patterns, expressions, templates and code that authors write. */
export const authorCodeWords: Readonly<Record<string, FailureWords>> = {
  bad_pattern: {
    message: { en: 'The pattern {pattern} cannot be used: {problem}', 'zh-Hans': '正则 {pattern} 无法使用：{problem}' },
    fix: { en: 'Look-around and back-references do not exist here.', 'zh-Hans': '此处不支持环视和反向引用。' },
  },
  pattern_slow: {
    message: {
      en: 'Searching the text by the pattern took longer than {seconds} seconds.',
      'zh-Hans': '按正则查找文本超过 {seconds} 秒。',
    },
    fix: { en: 'Make the pattern more exact, or the text shorter.', 'zh-Hans': '请让正则更精确，或缩短文本。' },
  },
  pattern_too_long: { message: { en: 'The pattern is longer than {limit} characters.', 'zh-Hans': '正则超过 {limit} 个字符。' } },
  bad_expression: {
    message: {
      en: 'The expression failed at line {line}, character {column}: {problem}',
      'zh-Hans': '表达式在第 {line} 行第 {column} 个字符处出错：{problem}。',
    },
  },
  expression_too_much: {
    message: {
      en: 'On values this large the expression could take more than {limit} steps.',
      'zh-Hans': '值过大，表达式可能超过 {limit} 步。',
    },
    fix: { en: 'Shorten the list first, or use a list or code step.', 'zh-Hans': '请先缩短列表，或改用列表或代码步骤。' },
  },
  result_no_json: {
    message: { en: 'The result of the expression cannot be handed on: {kind}.', 'zh-Hans': '表达式的结果无法传递：{kind}。' },
    fix: { en: 'Turn it into a text or a number.', 'zh-Hans': '请将其转为文本或数字。' },
  },
  bad_liquid: {
    message: {
      en: 'The template failed at line {line}, character {column}: {problem}',
      'zh-Hans': '模板在第 {line} 行第 {column} 个字符处出错：{problem}。',
    },
  },
  liquid_too_much: {
    message: { en: 'The template took too long or grew too large at line {line}.', 'zh-Hans': '模板在第 {line} 行处耗时过长或内容过大。' },
    fix: { en: 'Look for loops inside loops over long lists.', 'zh-Hans': '请检查是否对长列表进行了嵌套循环。' },
  },
  code_threw: { message: { en: 'The code failed: {message}', 'zh-Hans': '代码出错：{message}' } },
  code_threw_at: { message: { en: 'The code failed at line {line}: {message}', 'zh-Hans': '代码第 {line} 行出错：{message}' } },
  code_timeout: {
    message: { en: 'The code ran longer than {seconds} seconds and was stopped.', 'zh-Hans': '代码运行超过 {seconds} 秒，已停止。' },
    fix: { en: 'Look for a loop without an end, or allow more time.', 'zh-Hans': '请检查是否有死循环，或延长时限。' },
  },
  code_memory: {
    message: { en: 'The code used more memory than it may.', 'zh-Hans': '代码使用的内存超出限制。' },
    fix: { en: 'Work on less at once.', 'zh-Hans': '请减少一次处理的数据量。' },
  },
  code_not_json: {
    message: { en: 'What the code returned cannot be written as JSON. {message}', 'zh-Hans': '代码的返回值无法写成 JSON。{message}' },
    fix: {
      en: 'Return texts, numbers, yes/no, lists and objects of them.',
      'zh-Hans': '请返回文本、数字、布尔值，或由它们组成的列表和对象。',
    },
  },
  code_too_long: {
    message: { en: 'What the code returned is longer than {limit} characters.', 'zh-Hans': '代码的返回值超过 {limit} 个字符。' },
  },
  code_too_deep: {
    message: { en: 'What the code returned is nested more than {depth} levels deep.', 'zh-Hans': '代码的返回值嵌套超过 {depth} 层。' },
  },
  code_never_settles: {
    message: { en: 'The code waits for something that never comes.', 'zh-Hans': '代码在等待永远不会到来的结果。' },
    fix: { en: 'There are no timers and no network in the code step.', 'zh-Hans': '代码步骤中没有定时器和网络。' },
  },
  code_crashed: {
    message: { en: 'The code ended without an answer.', 'zh-Hans': '代码异常终止，没有结果。' },
    fix: { en: 'Try again with less data.', 'zh-Hans': '请减少数据后再试。' },
  },
  code_not_here: { message: { en: 'Code cannot be run here.', 'zh-Hans': '此处无法运行代码。' } },
  code_busy: { message: { en: 'Too many code steps are waiting already.', 'zh-Hans': '等待运行的代码步骤过多。' } },
  inputs_refused: { message: { en: 'The inputs do not fit this flow.', 'zh-Hans': '输入与此流程不符。' } },
};
