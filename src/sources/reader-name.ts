/** How the records of a feed are found (`--reader`): by their bytes, or, slower and more patient, token by token. */
export const READER_NAMES = ["bytes", "tokens"] as const;
export type ReaderName = (typeof READER_NAMES)[number];
