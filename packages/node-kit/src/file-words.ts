import type { Words } from '@patchbay/flow';

const giveAgain: Words = { en: 'Choose the file again.', 'zh-Hans': '请重新选择文件。' };
const splitIt: Words = { en: 'Give it in smaller parts.', 'zh-Hans': '请拆分后分批提供。' };

/** Sentences of what goes wrong with files. */
export const fileWords: Readonly<Record<string, { message: Words; fix?: Words }>> = {
  files_not_here: { message: { en: 'Files cannot be read here.', 'zh-Hans': '此处无法读取文件。' } },
  not_a_file: {
    message: { en: 'This step needs a file, and was given something else.', 'zh-Hans': '此步骤需要文件，得到的却是其他内容。' },
  },
  file_gone: {
    message: { en: 'The file is no longer there: files are kept for {days} days.', 'zh-Hans': '文件已不存在：文件只保留 {days} 天。' },
    fix: giveAgain,
  },
  file_not_image: {
    message: { en: 'This step needs an image; the file is {mediaType}.', 'zh-Hans': '此步骤需要图片，而文件是 {mediaType}。' },
  },
  file_not_audio: {
    message: { en: 'This step needs a sound recording; the file is {mediaType}.', 'zh-Hans': '此步骤需要音频，而文件是 {mediaType}。' },
  },
  file_not_video: {
    message: { en: 'This step needs a video; the file is {mediaType}.', 'zh-Hans': '此步骤需要视频，而文件是 {mediaType}。' },
  },
  nothing_to_draw: { message: { en: 'There are no words that say what the image shows.', 'zh-Hans': '没有说明画面内容的文字。' } },
  no_image_made: { message: { en: 'The model answered without an image.', 'zh-Hans': '模型未返回图片。' } },
  nothing_to_speak: { message: { en: 'There is no text to read aloud.', 'zh-Hans': '没有可朗读的文本。' } },
  file_not_kept: { message: { en: 'What this step made could not be stored.', 'zh-Hans': '此步骤生成的文件未能保存。' } },
  file_too_big: { message: { en: 'The file is larger than {limit} MiB.', 'zh-Hans': '文件超过 {limit} MiB。' }, fix: splitIt },
  file_kind: {
    message: { en: 'Files of this kind ({mediaType}) cannot be read as text.', 'zh-Hans': '此类文件（{mediaType}）无法作为文本读取。' },
    fix: {
      en: 'PDF, Word (DOCX), HTML, CSV and plain text can be read. Save an older file as one of these.',
      'zh-Hans': '可读取 PDF、Word（DOCX）、HTML、CSV 和纯文本。较旧的文件请先另存为其中一种。',
    },
  },
  file_locked: {
    message: { en: 'The PDF is protected with a password and cannot be read.', 'zh-Hans': '此 PDF 受密码保护，无法读取。' },
    fix: { en: 'Save a copy without the password.', 'zh-Hans': '请另存一份不带密码的副本。' },
  },
  file_broken: { message: { en: 'The file is damaged and cannot be read.', 'zh-Hans': '文件已损坏，无法读取。' }, fix: giveAgain },
  file_too_large: {
    message: { en: 'The file unpacks to more than can be read.', 'zh-Hans': '文件解压后过大，无法读取。' },
    fix: splitIt,
  },
  file_too_many_pages: {
    message: { en: 'The PDF has more than {limit} pages.', 'zh-Hans': '此 PDF 超过 {limit} 页。' },
    fix: { en: 'Set how many pages to read, or split the file.', 'zh-Hans': '请设置要读取的页数，或拆分文件。' },
  },
  file_no_text: {
    message: { en: 'The PDF holds no text: it is probably a scan.', 'zh-Hans': '此 PDF 不含文字，可能是扫描件。' },
    fix: {
      en: 'Have its pages described as images, or give a version with text.',
      'zh-Hans': '请把页面作为图片描述，或提供含文字的版本。',
    },
  },
  file_too_long: {
    message: { en: 'The text of the file is longer than {limit} characters.', 'zh-Hans': '文件的文字超过 {limit} 个字符。' },
    fix: splitIt,
  },
  file_too_slow: {
    message: { en: 'Reading the file took longer than {seconds} seconds.', 'zh-Hans': '读取文件超过 {seconds} 秒。' },
    fix: splitIt,
  },
  file_too_heavy: {
    message: { en: 'Reading the file takes more memory than there is for it.', 'zh-Hans': '读取此文件所需内存过多。' },
    fix: splitIt,
  },
};
