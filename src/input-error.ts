/** A file that cannot be read at all, feed or extract, told so that a person can act on it. The commands exit with 3. */

export interface InputProblem {
  /** The file's name as the user gave it. */
  readonly file: string;
  /** Offset in the (decompressed) file, from 0. */
  readonly byte?: number | undefined;
  /** 1-based. */
  readonly line?: number | undefined;
  /** What happened, without the place. */
  readonly problem: string;
  /** What to do about it: a whole sentence. */
  readonly advice: string;
}

/** Thrown for what is damaged, incomplete or of no known format; the message names the file and the place. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly file: string;
  readonly byte: number | undefined;
  readonly line: number | undefined;
  readonly advice: string;

  constructor({ file, byte, line, problem, advice }: InputProblem, options?: ErrorOptions) {
    const place = [line === undefined ? "" : `, line ${line}`, byte === undefined ? "" : `, byte ${byte}`];
    super(`${file}${place.join("")}: ${problem}`, options);
    this.file = file;
    this.byte = byte;
    this.line = line;
    this.advice = advice;
  }
}

/** For anything that looks like half a download. */
export const DAMAGED = "The file is damaged or was cut off: download it again.";
