/** A few words of each topic that leave little doubt. A real model reads the sentence; this one looks for words. */
const telling = new Map<string, RegExp>([
  ['hate', /\b(?:subhuman|vermin|go back to your country)\b|滚回你的国家|劣等民族/i],
  ['harassment', /\b(?:idiot|moron|stupid (?:cow|pig)|loser|shut up|i will find you)\b|白痴|滚开|废物|去死/i],
  ['sexual', /\b(?:porn|xxx|nude pics)\b|色情|裸照/i],
  ['violence', /\b(?:kill (?:you|him|her|them)|beat (?:you|him|her|them) up|shoot up)\b|杀了(?:你|他|她)|打死/i],
  ['self_harm', /\b(?:kill (?:yourself|myself)|cut (?:yourself|myself)|suicide method)\b|自残|割腕|自杀方法/i],
  ['illegal', /\b(?:buy (?:cocaine|heroin|a fake passport)|make a bomb|stolen cards?)\b|买毒品|办假证|制作炸弹/i],
  ['spam', /\b(?:click here|you have won|free money|lottery winner|casino bonus|limited offer)\b|点击领取|恭喜中奖|免费领|加微信领/i],
]);

/** The topics among the wanted ones that a word of the text gives away. */
export const moderate = (text: string, topics: readonly string[]): string[] =>
  topics.filter((topic) => telling.get(topic)?.test(text) === true);
