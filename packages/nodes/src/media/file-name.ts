const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/aac': 'aac',
};

/** What a file that a step made is called, with the ending of its kind where that is known. */
export const fileName = (word: string, mediaType: string): string => {
  const ending = Object.hasOwn(endings, mediaType) ? endings[mediaType] : undefined;
  return ending === undefined ? word : `${word}.${ending}`;
};
