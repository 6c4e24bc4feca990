/** One answer of a server: its records into the spool, and what it says about the next. */
import { Buffer } from "node:buffer";
import { counted } from "../runs/counted.js";
import { UnreadableInputError } from "../runs/exit-codes.js";
import { shownUrl } from "../runs/secret.js";
import { type Batch, releaseBatch } from "../sources/batch.js";
import { isErrorStatus, saysNull } from "../sources/envelope.js";
import { ocpiError } from "../sources/error-bodies.js";
import { InputError } from "../input-error.js";
import { type DetectedFormat, type EnvelopeFacts, openBatches } from "../sources/open-batches.js";
import { peek } from "../bytes/peeked-stream.js";
import type { OcpiFeed } from "./ocpi-feed.js";
import type { HttpAnswer } from "./http.js";
import { BrokenAnswerError } from "./http-error.js";
import { onOneLine } from "./body-text.js";
import { compactInto } from "./ocpi-compact-json.js";
import { isPassing } from "./ocpi-documents.js";
import { identityOf } from "./ocpi-identity.js";
import { nextLink } from "./ocpi-link-header.js";
import type { RecordSpool } from "./ocpi-spool.js";

/** What a page came to. */
export interface Page {
  /** The address that answered. */
  readonly url: string;
  readonly format: DetectedFormat;
  /** Received, whatever became of them. */
  readonly received: number;
  /** It says `"data": null`, which is no list, though some servers send it for an empty one. */
  readonly isNull: boolean;
  /** Of these, passed over because they were too large to be held. */
  readonly tooLarge: number;
  /** `Link: rel="next"`, as given. */
  readonly next: string | undefined;
  /** `X-Total-Count`, `X-Limit`. */
  readonly total: number | undefined;
  readonly limit: number | undefined;
  /** The server's clock, in milliseconds since 1970. */
  readonly date: number | undefined;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

export interface PageSettings extends Pick<OcpiFeed, "source" | "reader"> {
  readonly spool: RecordSpool;
  /** It is known to be a list that comes in pages, whatever its headers say. */
  readonly inPages: boolean;
  /** Told how many records have come, now and then. */
  readonly progress: (records: number) => void;
}

/**
 * Takes a page in. `body`: the content, where somebody has looked at its beginning. To be called again for another
 * attempt; what came before is forgotten then.
 *
 * @throws {BrokenAnswerError} where asking again may help; {UnreadableInputError} where it will not.
 */
export async function readPage(
  answer: HttpAnswer,
  body: AsyncIterable<Uint8Array>,
  settings: PageSettings,
): Promise<Page> {
  const { spool, source, reader } = settings;
  const name = shownUrl(answer.url);
  const next = nextLink(answer.header("link"), answer.url);
  const total = numberIn(answer.header("x-total-count"));
  const limit = numberIn(answer.header("x-limit"));
  // Only pages can bring a Location twice by themselves; a file is kept as it is.
  const identified = settings.inPages || next !== undefined || total !== undefined || limit !== undefined;
  spool.beginPage();
  let received = 0;
  let tooLarge = 0;
  let isNull: boolean;
  let format: DetectedFormat;
  const { head, stream } = await peek(body, 1);
  // Of a file a person would be told to look at it; here it may be there the next time.
  if (head.length === 0)
    throw new BrokenAnswerError("the answer is empty; a feed without records would be [], or an envelope");
  try {
    const opened = await openBatches({ name, open: () => stream }, { source, reader });
    format = opened.format;
    if (format.sharesParts === true) throw new UnreadableInputError(sharesParts(name, format));
    for await (const batch of opened.batches) {
      received += batch.spans.length / 2;
      tooLarge += await spoolBatch(batch, spool, identified);
      releaseBatch(batch);
      settings.progress(spool.records + received);
    }
    const facts = opened.facts();
    refuseErrorStatus(name, facts);
    isNull = received === 0 && saysNull(facts);
  } catch (error) {
    throw asAnswerError(error);
  }
  return {
    url: answer.url,
    format,
    received,
    isNull,
    tooLarge,
    next,
    total,
    limit,
    date: dateIn(answer.header("date")),
    etag: answer.header("etag"),
    lastModified: answer.header("last-modified"),
  };
}

/** Returns how many records were too large. */
async function spoolBatch(batch: Batch, spool: RecordSpool, identified: boolean): Promise<number> {
  const bytes = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.length);
  const count = batch.spans.length / 2;
  const lines = new Uint8Array(bytes.length + count);
  const records = [];
  let to = 0;
  for (let record = 0; record < count; record++) {
    const start = batch.spans[2 * record] ?? 0;
    const end = batch.spans[2 * record + 1] ?? 0;
    if (start === end) continue;
    const from = to;
    to = compactInto(lines, to, bytes, start, end);
    lines[to++] = LINE_FEED;
    records.push({ identity: identified ? identityOf(bytes, start, end) : undefined, length: to - from });
  }
  await spool.add(lines.subarray(0, to), records);
  return count - records.length;
}

const LINE_FEED = 0x0a;

/** An envelope may hold records and still say that something went wrong. */
function refuseErrorStatus(name: string, facts: EnvelopeFacts): void {
  const [, codes] =
    [...facts.members].find(([key, values]) => values.some((value) => isErrorStatus(key, value))) ?? [];
  const [message] = facts.members.get("status_message") ?? [];
  const said = ocpiError(codes?.at(-1), message);
  if (said !== undefined)
    throw new InputError({ file: name, problem: `${ERROR_ANSWER} ${said}`, advice: "" });
}

const ERROR_ANSWER = "this is not a feed but a service's error answer:";
const OCPI_STATUS = /: OCPI status (\d+),/;

/** Where an answer is at fault that may be right the next time, it is asked for again. */
function asAnswerError(error: unknown): unknown {
  if (!(error instanceof InputError)) return error;
  const { file, message, advice } = error;
  const status = Number(OCPI_STATUS.exec(message)?.[1] ?? 0);
  const told = onOneLine(`${message}. ${status === 0 ? advice : "Ask who runs it, or run again later"}`);
  // A place in it is told of what begins as JSON does and then is none.
  const isPassingFault = status === 0 ? error.byte !== undefined : isPassing(status);
  if (!isPassingFault) return new UnreadableInputError(told, { cause: error });
  // The client names the address.
  return new BrokenAnswerError(told.slice(file.length).replace(/^[,:]\s*/, ""), { cause: error });
}

function sharesParts(name: string, format: DetectedFormat): string {
  return (
    `${name} is ${format.description}, whose records share parts of their file, so that they cannot be kept one by one. ` +
    "Download the files as they are (curl -O), and give their folder to the other commands"
  );
}

/** What was passed over, in words. */
export function tooLargeText(records: number): string {
  return `${counted(records, "record")} over 16 MB ${records === 1 ? "was" : "were"} left out; with --reader tokens they are kept`;
}

function numberIn(header: string | undefined): number | undefined {
  const text = header?.split(",")[0]?.trim() ?? "";
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

function dateIn(header: string | undefined): number | undefined {
  const time = Date.parse(header ?? "");
  return Number.isNaN(time) ? undefined : time;
}
