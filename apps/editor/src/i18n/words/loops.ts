import { defineWords } from '../define-words.ts';

/** Containers: what runs once for each item, or again until. */
export const loopsWords = defineWords('loops', {
  en: {
    turn: 'Turn {{turn}} of {{count}}',
    turns: 'Turns of “{{title}}”',
    before: 'Turn before',
    next: 'Next turn',
    failed_one: '{{count}} failed',
    failed_other: '{{count}} failed',
    nextFailed: 'Show the next turn that failed',
    empty: 'Add a step here: it runs once in every turn.',
    size: 'Size of “{{title}}”',
    menu: {
      forEach: 'Wrap in For each',
      repeat: 'Wrap in Repeat until',
      fit: 'Fit to its steps',
      takeOut: 'Take out of “{{container}}”',
    },
    refusal: {
      leaves: 'A value leaves “{{container}}” only through its result.',
      inside: 'This is for the steps inside “{{container}}”.',
      outside: 'This is for the steps outside “{{container}}”.',
    },
    stay: {
      wires: 'It stays where it was: its wires would lead past the container’s own inputs and outputs.',
      end: 'Inputs and outputs of the flow stand outside of every container.',
      itself: 'A container cannot stand inside itself.',
    },
    wrap: {
      end: 'Inputs and outputs of the flow cannot be wrapped. Choose the steps between them.',
      apart: 'Choose steps that stand side by side, not some inside a container and some outside.',
      leaves: 'More than one value leaves these steps. A container has one result: choose steps that give one.',
    },
    said: { into: 'Moved into “{{container}}”', out: 'Moved out of “{{container}}”', wrapped: 'Wrapped in “{{container}}”' },
    commands: { wrap: 'wrap in a container', home: 'move into or out of a container', resize: 'resize a container' },
  },
  'zh-Hans': {
    turn: '第 {{turn}} 次，共 {{count}} 次',
    turns: '“{{title}}”的各次运行',
    before: '上一次',
    next: '下一次',
    failed_other: '{{count}} 次失败',
    nextFailed: '查看下一次失败',
    empty: '在此添加步骤：每一次都会运行。',
    size: '“{{title}}”的大小',
    menu: {
      forEach: '放入“逐项处理”',
      repeat: '放入“重复直到”',
      fit: '按内部步骤调整大小',
      takeOut: '移出“{{container}}”',
    },
    refusal: {
      leaves: '值只能通过“{{container}}”的结果离开它。',
      inside: '这仅供“{{container}}”内部的步骤使用。',
      outside: '这仅供“{{container}}”外部的步骤使用。',
    },
    stay: {
      wires: '步骤留在原处：它的连线会绕过容器自己的输入和输出。',
      end: '流程的输入和输出只能放在容器之外。',
      itself: '容器不能放在自己里面。',
    },
    wrap: {
      end: '流程的输入和输出不能放入容器，请选择它们之间的步骤。',
      apart: '请选择并列的步骤，不要同时选择容器内外的步骤。',
      leaves: '这些步骤有多个值向外输出。容器只有一个结果，请选择只输出一个值的步骤。',
    },
    said: { into: '已移入“{{container}}”', out: '已移出“{{container}}”', wrapped: '已放入“{{container}}”' },
    commands: { wrap: '放入容器', home: '移入或移出容器', resize: '调整容器大小' },
  },
});
