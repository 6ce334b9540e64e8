/** What reading a file comes to. */
export interface DocumentText {
  /** Where `headed` says so, a line that begins with one to six `#` and a space is a heading. */
  text: string;
  headed: boolean;
  /** Where each page after the first begins, in UTF-16 units; absent where there are no pages. */
  pageStarts?: readonly number[];
}
