/** What can be wrong with an answer. */
import { STATUS_CODES } from "node:http";
import { RunError, UnreadableInputError } from "../runs/exit-codes.js";
import { shownJson } from "../runs/secret.js";
import { shownAddress } from "./shown-address.js";

/** What most often helps, by status; those who know the server better say more. */
const ADVICE: ReadonlyMap<number, string> = new Map([
  [206, "it sends only a part, although nobody asked that; tell who runs it"],
  [304, "it says that nothing has changed, although nobody asked that; tell who runs it"],
  [401, "the credentials were refused"],
  [403, "the credentials are known but do not allow this"],
  [404, "there is nothing at this address"],
  [405, "what is at this address is not for fetching; is it the right one?"],
  [410, "there is nothing at this address any more"],
  [413, "the request is too large"],
  [414, "the request is too long"],
  [429, "it gets more requests than it allows; make fewer at once, or run again later"],
  [500, "the server failed; run again later"],
  [502, "the server failed; run again later"],
  [503, "the server is not available; run again later"],
  [504, "the server took too long; run again later"],
]);

/** In characters. */
const SHOWN_BODY = 64 * 1024;

export interface RefusedAnswer {
  readonly status: number;
  readonly url: string;
  readonly bodyText: string;
  readonly date?: string | undefined;
}

/** A server answered, and said no. */
export class HttpError extends RunError {
  override readonly exitCode = 3;
  override name = "HttpError";
  readonly status: number;
  /** Where it came from, without secrets. */
  readonly url: string;
  /** The first 64 KiB of what it said, without secrets. */
  readonly bodyText: string;
  /** The answer's `Date` header, which tells what time it is there. */
  readonly date: string | undefined;
  /** What is told besides status and address. */
  readonly remark: string | undefined;

  /** @param remark what is to be told besides status and address, such as how often it was tried. */
  constructor(answer: RefusedAnswer, remark?: string) {
    const url = shownAddress(answer.url);
    const reason = STATUS_CODES[answer.status];
    const said = `${url} answered ${answer.status}${reason === undefined ? "" : ` ${reason}`}`;
    const advice = ADVICE.get(answer.status) ?? (answer.status > 511 ? ADVICE.get(500) : undefined);
    super([said, advice, remark].filter((part) => part !== undefined).join("; "));
    this.status = answer.status;
    this.url = url;
    this.date = answer.date;
    this.remark = remark;
    this.bodyText = shownJson(answer.bodyText).slice(0, SHOWN_BODY);
  }
}

/**
 * The content of an answer is not whole. Whoever reads an answer and finds it so (JSON that ends in the middle) throws
 * this, and it is asked for again.
 */
export class BrokenAnswerError extends UnreadableInputError {
  override name = "BrokenAnswerError";
}
