import { defineWords } from '../../i18n/define-words.ts';

/** The run panel of a flow that talks. They come with its code. */
export const chatWords = defineWords('chat', {
  en: {
    talk: 'Conversation',
    fresh: 'New conversation',
    message: 'Message',
    send: 'Send',
    stop: 'Stop',
    placeholder: 'Write a message. Enter sends it, Shift+Enter begins a new line.',
    empty: 'Say something: this flow remembers the conversation.',
    you: 'You',
    flow: 'The flow',
    writing: 'writes …',
    nothing: 'There was no answer.',
    stopped: 'Stopped before the answer was whole. It is not remembered.',
    lost: 'The earlier messages could not be loaded.',
  },
  'zh-Hans': {
    talk: '对话',
    fresh: '新对话',
    message: '消息',
    send: '发送',
    stop: '停止',
    placeholder: '输入消息。按 Enter 发送，按 Shift+Enter 换行。',
    empty: '说点什么吧：此流程会记住对话内容。',
    you: '您',
    flow: '流程',
    writing: '正在输入…',
    nothing: '没有回答。',
    stopped: '回答未完成即停止，不会被记住。',
    lost: '无法加载之前的消息。',
  },
});
