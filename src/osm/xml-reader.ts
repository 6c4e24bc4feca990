/** OSM XML as a stream, strictly: what is not well-formed or not OSM is an error with its line. */
import { SaxesParser } from "saxes";
import type { Bounds } from "./bounds.js";
import { DAMAGED, InputError } from "../input-error.js";
import type { ElementReader, ElementRequest, ReadElement } from "./read-element.js";
import { XmlElements } from "./xml-elements.js";

/** Between two tags there is never more; without a limit one endless attribute would fill the memory. */
const MOST_BYTES_WITHOUT_TAG = 1 << 24;
const PLACE = /^\d+:\d+: /;

export class XmlFileReader implements ElementReader {
  readonly #file: string;
  readonly #open: () => AsyncIterable<Uint8Array>;
  #timestamp: string | undefined;
  #bounds: Bounds | undefined;

  /** `open` is called once for each pass. */
  constructor(file: string, open: () => AsyncIterable<Uint8Array>) {
    this.#file = file;
    this.#open = open;
  }

  timestamp(): string | undefined {
    return this.#timestamp;
  }

  bounds(): Bounds | undefined {
    return this.#bounds;
  }

  async scan(request: ElementRequest, emit: (element: ReadElement) => void): Promise<boolean> {
    const parser = new SaxesParser();
    const file = this.#file;
    const fail = (problem: string, advice = DAMAGED): never => {
      throw new InputError({ file, line: parser.line, problem, advice });
    };
    const elements = new XmlElements({ request, emit, fail });
    let quietBytes = 0;
    parser.on("error", (error) => fail(`not well-formed XML: ${error.message.replace(PLACE, "")}`));
    parser.on("opentag", ({ name, attributes }) => {
      quietBytes = 0;
      elements.open(name, attributes);
    });
    parser.on("closetag", () => elements.close());
    parser.on("text", (text) => elements.text(text));
    for await (const text of this.#texts()) {
      quietBytes += text.length;
      if (quietBytes > MOST_BYTES_WITHOUT_TAG) fail("millions of characters without a tag");
      parser.write(text);
    }
    parser.close();
    this.#timestamp ??= elements.timestamp;
    this.#bounds ??= elements.bounds;
    return elements.eachOnce;
  }

  async *#texts(): AsyncGenerator<string> {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    let byte = 0;
    for await (const chunk of this.#open()) {
      yield this.#decoded(byte, () => decoder.decode(chunk, { stream: true }));
      byte += chunk.length;
    }
    yield this.#decoded(byte, () => decoder.decode());
  }

  #decoded(byte: number, decode: () => string): string {
    try {
      return decode();
    } catch (cause) {
      const problem = "text that is not UTF-8, in the piece of the file that begins here";
      throw new InputError({ file: this.#file, byte, problem, advice: DAMAGED }, { cause });
    }
  }
}
