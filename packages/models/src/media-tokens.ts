/** What media count in tokens where a provider does not say it: about what OpenAI and Google count. */

/** A second of sound listened to, a second of speech made, and the words of a second of speech. */
export const heardTokensPerSecond = 10;
export const spokenTokensPerSecond = 25;
export const wordTokensPerSecond = 4;

/** A picture made, of 1024 by 1024 and usual quality, and the largest of the best. */
export const pictureTokens = 1_300;
export const largestPictureTokens = 6_300;
