/** What a download came to: for its summary, its report and that of `run`. */

export interface FetchAccount {
  /** The file that holds the records, NDJSON. */
  readonly file: string;
  /** In the file. */
  readonly records: number;
  /** Of these, retrieved by this download; the others were there before. */
  readonly retrieved: number;
  /** Ids that were asked for and that the server does not have (HERE's `missingItems`), in the order asked for. */
  readonly missing: readonly string[];
  /** The server said that nothing has changed since the last download; the file is as it was. */
  readonly notModified: boolean;
  readonly requests: number;
  readonly retries: number;
  /** Received, as transferred. */
  readonly bytes: number;
}
