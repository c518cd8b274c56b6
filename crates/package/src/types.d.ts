
/** One pasted text or file. */
export interface Input {
  /** The file's name: a last hint when nothing in it says what it is. */
  name: string;
  /** A text, or the bytes of a file in any encoding. */
  text: string | Uint8Array;
}

/** What the person chose. */
export interface Options {
  /** The language of every sentence; English where it is left out. */
  lang?: "en" | "ja";
  /** The ARN or id of the task to diagnose; the latest that failed to start where it is left out. */
  task?: string;
  /** Answers to the report's questions, by their ids. */
  answers?: Readonly<Record<string, string>>;
  /** The present time (ISO 8601): what is only possible for a while, such as AWS's own runbook, is offered only where it is given. */
  now?: string;
}
