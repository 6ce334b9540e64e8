/** Languages a picker offers, by BCP 47 tag, the most used first; a document may name any other. */
export const languageTags: readonly string[] = (
  'en zh-Hans zh-Hant yue es fr de pt pt-BR ja ko ru ar hi it nl tr pl vi th id ' +
  'af am as az be bg bn bo bs ca ceb ckb co cs cy da el eo et eu fa fi fil fo fy ga gd gl gu ha haw he hmn hr ht hu hy ig is jv ka kk km kn ' +
  'ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my ne no ny om or pa ps qu rm ro rw sa sd si sk sl sm sn so sq sr st su sv sw ta te tg ti tk ' +
  'to ts tt ug uk ur uz wo xh yi yo zu'
).split(' ');
