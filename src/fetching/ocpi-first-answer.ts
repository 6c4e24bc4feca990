/** What the address that the user gave turns out to be. */
import { peek } from "../bytes/peeked-stream.js";
import { MAGIC_BYTES, isCompressed } from "../bytes/wrapping.js";
import type { HttpAnswer } from "./http.js";
import { MOST_DOCUMENT_BYTES, type OcpiDocument, ocpiDocument } from "./ocpi-documents.js";
import { type Page, type PageSettings, readPage } from "./ocpi-page.js";

export type FirstAnswer =
  | { readonly kind: "unmodified" }
  /** A versions list or a version's details, and the address that answered. */
  | { readonly kind: "document"; readonly document: OcpiDocument; readonly url: string }
  | { readonly kind: "page"; readonly page: Page };

/** Told by its content. @throws as `readPage`. */
export async function readFirstAnswer(answer: HttpAnswer, settings: PageSettings): Promise<FirstAnswer> {
  if (answer.status === 304) return { kind: "unmodified" };
  const { head, whole, stream } = await peek(answer.body, MOST_DOCUMENT_BYTES);
  const document = whole ? documentIn(head) : undefined;
  if (document !== undefined) return { kind: "document", document, url: answer.url };
  return { kind: "page", page: await readPage(answer, stream, settings) };
}

function documentIn(head: Uint8Array): OcpiDocument | undefined {
  if (isCompressed(head.subarray(0, MAGIC_BYTES))) return undefined;
  const text = new TextDecoder().decode(head);
  // Spares parsing a feed, which has neither.
  if (!/"(?:endpoints|version)"/.test(text)) return undefined;
  try {
    return ocpiDocument(JSON.parse(text));
  } catch {
    return undefined;
  }
}
