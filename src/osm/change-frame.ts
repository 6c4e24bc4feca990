/** What stands around the elements of an osmChange document, by xmlbuilder2. */
import { create } from "xmlbuilder2";
import { escapeAttribute } from "./xml-text.js";

export interface ChangeFrame {
  /** XML declaration and `<osmChange>`. */
  readonly head: string;
  readonly tail: string;
}

const CLOSING = "</osmChange>";

/** The frame of an osmChange document in UTF-8; blocks (`<create>`, `<modify>`) go between head and tail. */
export function changeFrame(generator: string): ChangeFrame {
  const root = create({ version: "1.0", encoding: "UTF-8" }).ele("osmChange", {
    version: "0.6",
    generator: escapeAttribute(generator),
  });
  root.ele("modify");
  const document = root.end({ prettyPrint: true });
  const firstChild = document.indexOf("\n", document.indexOf("<osmChange")) + 1;
  return { head: document.slice(0, firstChild), tail: `${CLOSING}\n` };
}
