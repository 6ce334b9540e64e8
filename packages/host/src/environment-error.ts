/** An environment variable that cannot be used. The message is a sentence for the person who started the program. */
export class EnvironmentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EnvironmentError';
  }
}
