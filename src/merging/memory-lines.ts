/** NDJSON that is kept between runs, state and decisions: lines told apart, and what is wrong with one in words. */
import type { z } from "zod";

/** A line that is not what it should be. */
export class MemoryLineError extends Error {
  override readonly name = "MemoryLineError";
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly advice: string;

  constructor(place: LinePlace, problem: string, options?: ErrorOptions) {
    super(`${place.file}, line ${place.line}: ${problem}`, options);
    this.file = place.file;
    this.line = place.line;
    this.advice = place.advice;
  }
}

export interface LinePlace {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** What to do about it. */
  readonly advice: string;
}

/** A text, or its lines. */
export type Lines = string | Iterable<string>;

/** The lines that are not blank, each with its number from 1; CRLF and a byte order mark are taken. */
export function* linesOf(lines: Lines): Generator<readonly [line: number, text: string]> {
  let number = 0;
  for (const line of typeof lines === "string" ? lines.split("\n") : lines) {
    number += 1;
    const text = number === 1 ? line.replace(/^\uFEFF/, "") : line;
    if (text.trim() !== "") yield [number, text];
  }
}

/** A line as what `schema` takes. Throws MemoryLineError. */
export function parsedLine<Shape extends z.ZodType>(
  schema: Shape,
  text: string,
  place: LinePlace,
): z.output<Shape> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new MemoryLineError(place, "not JSON", { cause: error });
  }
  const { data, error, success } = schema.safeParse(json);
  if (success) return data;
  const [issue] = error.issues;
  const path = issue === undefined ? "" : issue.path.join(".");
  throw new MemoryLineError(place, `${path === "" ? "" : `${path}: `}${issue?.message ?? "not understood"}`);
}
