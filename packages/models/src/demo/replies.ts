import type { DemoLanguage } from './language.ts';

export const topicLabels = [
  { id: 'refund', title: 'Refund 退款' },
  { id: 'delivery', title: 'Delivery 物流' },
  { id: 'complaint', title: 'Complaint 投诉' },
  { id: 'bug', title: 'Technical bug 故障' },
  { id: 'billing', title: 'Billing invoice 发票' },
  { id: 'account', title: 'Account login 登录' },
  { id: 'sales', title: 'Sales price 销售' },
  { id: 'thanks', title: 'Praise 感谢' },
  { id: 'other', title: 'Other' },
] as const;
export type Topic = (typeof topicLabels)[number]['id'];

interface Replies {
  empty: string;
  /** For a prompt no rule knows how to answer. */
  general: (about: string) => string;
  /** For what no rule can answer. */
  unable: string;
  /** What a tool gave, or why it could not. */
  toolGave: (tool: string, value: string) => string;
  toolFailed: (tool: string, why: string) => string;
  thanks: (about: string) => string;
  regards: string;
  signature: string;
  about: Record<Topic, string>;
}

/** The demo model's sentences. They promise nothing a business would have to keep without a person reading them. */
export const replies: Record<DemoLanguage, Replies> = {
  en: {
    empty: 'I am the demo model. There was no prompt, so there is nothing to answer yet.',
    general: (about) =>
      `You asked: “${about}”\n\nI am the built-in demo model. I work by simple rules, without a network, and do not know the answer. Connect a provider, and this same flow answers for real.\n\nUntil then I can sort messages, sum up and extract from texts, draft replies and translate common phrases.`,
    unable:
      'This is where the answer of a real model will stand. I work by simple rules: I can sort a text under labels, find fields in it, shorten it and translate common phrases, but I know nothing of the world.',
    toolGave: (tool, value) => `The tool “${tool}” gave: ${value}`,
    toolFailed: (tool, why) => `The tool “${tool}” could not help: ${why}`,
    thanks: (about) => `Hello,\n\nThank you for your message: “${about}”`,
    regards: 'Kind regards,\nThe support team',
    signature: '(Demo model: written by simple rules. Connect a provider for real answers.)',
    about: {
      refund:
        'We are sorry for the trouble. We have started to look into your refund and will tell you its state and the expected date as soon as we have checked it.',
      delivery:
        'We are sorry that you are still waiting. We are checking with the carrier where your parcel is and will write to you with the new delivery date.',
      complaint: 'We are sorry that we let you down. A colleague will look at what went wrong and come back to you personally.',
      bug: 'That should not happen, and we are sorry. Could you tell us which step fails and what message you see? Our technical team will look into it.',
      billing: 'We will check the invoice and the payment, and send you a corrected document if one is needed.',
      account:
        'Please try the “Forgot password” link on the sign-in page first. If that does not help, we will restore your access by hand.',
      sales: 'We are glad about your interest. Tell us how many people will use it and we will send you an offer that fits.',
      thanks: 'Thank you, that made our day. We have passed your kind words on to the team.',
      other: 'We have read it and will come back to you with an answer. If there is anything to add, just reply to this message.',
    },
  },
  zh: {
    empty: '我是演示模型。没有收到提示词，所以还没有可以回答的内容。',
    general: (about) =>
      `您问的是：“${about}”\n\n我是内置的演示模型，只按简单规则工作，不联网，因此不知道答案。接入真实模型后，同一个流程就能给出真正的回答。\n\n在此之前，我可以归类消息、总结文本、提取信息、起草回复，以及翻译常用语句。`,
    unable: '真实模型的回答会出现在这里。我只按简单规则工作：可以给文本归类、提取字段、缩写内容、翻译常用语句，但不具备世界知识。',
    toolGave: (tool, value) => `工具“${tool}”的结果：${value}`,
    toolFailed: (tool, why) => `工具“${tool}”未能完成：${why}`,
    thanks: (about) => `您好！\n\n感谢您的来信：“${about}”`,
    regards: '此致\n客服团队',
    signature: '（演示模型：由简单规则生成。接入真实模型后可获得真正的回答。）',
    about: {
      refund: '给您带来不便，非常抱歉。我们已经开始核实您的退款，确认后会第一时间告知您进度和预计到账时间。',
      delivery: '很抱歉让您久等了。我们正在与快递核实包裹的位置，并会把新的送达时间告诉您。',
      complaint: '很抱歉让您失望了。我们会有同事核实问题所在，并亲自回复您。',
      bug: '出现这样的问题我们非常抱歉。请告诉我们是哪一步出错、看到了什么提示，技术团队会尽快处理。',
      billing: '我们会核对发票和付款记录，如有需要会为您重新开具。',
      account: '请先尝试登录页上的“忘记密码”。如果仍然无法登录，我们会为您手动恢复。',
      sales: '感谢您的关注。请告诉我们使用人数，我们会为您提供合适的方案和报价。',
      thanks: '谢谢您的肯定，我们会把您的话转达给团队。',
      other: '我们已经看到您的内容，会尽快给您答复。如需补充，直接回复本消息即可。',
    },
  },
};
