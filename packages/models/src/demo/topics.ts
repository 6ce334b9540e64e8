/**
 * Words that go together in messages people sort every day. A label that has one of a topic's words in its name
 * is found by all of them.
 */
export const topics: readonly (readonly string[])[] = [
  'refund, refunds, money back, reimburse, return, returned, chargeback, 退款, 退货, 退钱, 退还',
  'delivery, shipping, shipment, parcel, package, tracking, courier, arrive, arrived, late, 物流, 快递, 发货, 配送, 包裹, 没收到, 运输',
  'complaint, complain, angry, upset, unacceptable, terrible, awful, worst, disappointed, rude, furious, 投诉, 差评, 生气, 太差, 不满, 失望, 愤怒, 抱怨',
  "bug, technical, error, crash, crashes, broken, fails, failed, issue, problem, not working, does not work, doesn't work, 故障, 报错, 错误, 崩溃, 技术, 无法使用, 打不开, 出错, 问题报告",
  'question, ask, asking, how do i, how can, what is, wondering, inquiry, help, 咨询, 疑问, 请问, 怎么, 如何, 提问, 帮助',
  'sales, buy, purchase, quote, pricing, price, demo, license, licence, seats, discount, order more, 销售, 购买, 报价, 价格, 优惠, 采购, 售前, 多少钱, 折扣',
  'billing, invoice, payment, paid, charge, charged, bill, receipt, credit card, vat, 账单, 发票, 付款, 扣款, 支付, 收费, 财务',
  'account, login, log in, sign in, password, locked, username, access, 账号, 账户, 登录, 密码, 锁定, 注册',
  'cancel, cancellation, unsubscribe, terminate, close my account, 取消, 退订, 终止, 注销',
  'positive, praise, thanks, thank, great, love, excellent, amazing, happy, good, wonderful, perfect, 好评, 表扬, 感谢, 谢谢, 很好, 喜欢, 满意, 正面, 积极, 太棒, 优秀',
  'negative, bad, hate, poor, terrible, awful, horrible, disappointed, worst, broken, slow, angry, 负面, 消极, 差, 糟糕, 讨厌, 失望, 难用, 很慢',
  'spam, winner, lottery, click here, free money, casino, crypto giveaway, advertisement, 垃圾, 中奖, 广告, 推广, 点击领取, 贷款',
  'urgent, urgently, asap, immediately, emergency, critical, right now, high, 紧急, 加急, 尽快, 马上, 立刻, 立即, 高优先',
  'job, hr, application, apply, resume, cv, vacancy, hiring, interview, 招聘, 求职, 简历, 应聘, 面试, 人事',
  'partnership, partner, cooperate, collaboration, sponsor, reseller, 合作, 代理, 加盟, 商务, 赞助',
  'feature, suggestion, suggest, idea, would be nice, please add, wish, 建议, 功能, 需求, 希望增加, 改进',
  'security, hacked, phishing, leak, breach, stolen, fraud, 安全, 泄露, 被盗, 诈骗, 钓鱼, 入侵',
  'order, orders, ordered, 订单, 下单',
  'legal, lawyer, contract, gdpr, lawsuit, terms, 法律, 律师, 合同, 起诉, 条款',
  'appointment, booking, reservation, schedule, reschedule, book, meeting, 预约, 预订, 改期, 会议, 日程',
].map((words) => words.split(', '));

/** Labels that mean "none of the rest". */
export const otherWords = /^(?:other|others|else|none|general|misc|unknown|something else|其他|其它|别的|其余|未知|都不是)/i;
