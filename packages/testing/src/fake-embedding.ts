/**
 * A stand-in for an embedding model, for tests of what is built around one. It hears only how words are spelled, and a short
 * list of words that mean the same; what it finds says that vectors are made, kept and compared, not how good a model is.
 */

const dimensions = 256;

/** Words that mean about the same, in one row. Everyday ones, so that a text may say a thing otherwise than a question. */
const alike = `
doctor physician medical | holiday leave vacation off | pay paid salary wage money cost costs price charge fee | ill sick sickness illness
phone telephone mobile | laptop computer device | buy purchase order | return back refund | send post mail ship shipping delivery
clean wash rinse | begin start first | end stop finish | fast quick short | big large great | rubbish waste garbage | home house flat
train rail railway | plane flight air | car vehicle drive | hotel night lodging room | eat food meal dinner | hot heat warm temperature degrees
cold cool winter | broken damaged fault error | lost stolen gone | child children kid teenager | dog cat pet animal | password login
rules terms conditions | month months monthly | year years yearly annual | day days | hour hours | minute minutes
医生 医院 | 假 休假 年假 请假 | 钱 费用 价格 元 多少钱 票价 | 病 生病 病假 | 电脑 笔记本 | 退 退货 退款 退钱 | 清洗 清洁 洗 冲洗 | 坏 破损 故障
丢 丢失 遗失 丢了 | 孩子 儿童 未成年人 宝宝 | 快递 发货 寄 | 出差 差旅 | 报销 补贴 | 公司 企业 | 家 居家 家里 在家 | 充电 电量 充满
换 更换 | 时间 多久 小时 分钟 | 打电话 拨打 热线 电话 | 车 坐车 地铁 | 看 参观 | 妻子 老婆 | 结婚 婚假 | 生孩子 出生 产假 陪产假
`
  .split(/[|\n]/)
  .map((row) => row.trim().split(/\s+/))
  .filter((row) => row.length > 1);

const meanings = new Map(alike.flatMap((row, index) => row.map((word) => [word, `~${index}`] as const)));
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** A vector of length 1 for a text; the same one each time. */
export function fakeEmbedding(text: string): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const [feature, weight] of featuresOf(text.toLowerCase())) {
    const hash = hashOf(feature);
    const at = hash % dimensions;
    // Half of the features count against their place, so that chance meetings even out.
    vector[at] = (vector[at] ?? 0) + ((hash >>> 16) & 1 ? weight : -weight);
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function* featuresOf(text: string): Generator<[string, number]> {
  const counts = new Map<string, number>();
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (isWordLike !== true) continue;
    for (const feature of [...piecesOf(segment), meanings.get(segment) ?? []].flat()) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  for (const [feature, count] of counts) yield [feature, feature.startsWith('~') ? 2 : Math.sqrt(count) * (feature.length > 3 ? 1 : 0.5)];
}

/** Three letters at a time of a word with its borders; of a Chinese word each sign and the whole. */
function piecesOf(word: string): string[] {
  if (/\p{Script=Han}/u.test(word)) return [...new Set([...word, word])];
  const framed = `^${word}$`;
  return [`=${word}`, ...Array.from({ length: framed.length - 2 }, (_, at) => framed.slice(at, at + 3))];
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
