/** What leaves the page, each time because somebody asked for it: a tab, a call to the JOSM on this computer, the clipboard. */
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { josmCommand, osmUrl, tagBlock } from "./links.js";
import type { Session } from "./session.js";
import { counted } from "./words.js";

/** Rule D9. */
const UNLICENSED = "Compare only: without a licence nothing goes to an editor";

/** Opens the object, or the place, in a new tab. */
export function openInOsm(line: ProposalLine): void {
  window.open(osmUrl(line), "_blank", "noopener,noreferrer");
}

/** Sends the proposal to JOSM and says how it went. */
export async function openInJosm(session: Session): Promise<void> {
  const line = session.line.value;
  if (line === undefined) return;
  if (!session.about.licensed) {
    session.said.value = UNLICENSED;
    return;
  }
  const { url, byHand } = josmCommand(line, (key) => session.verdictOfTag(line, key));
  try {
    await fetch(url, { mode: "no-cors", referrerPolicy: "no-referrer" });
    const rest = byHand.length === 0 ? "" : `. Left for you to do there: ${byHand.join(", ")}`;
    session.said.value = `Sent to JOSM${rest}`;
  } catch {
    session.said.value = "JOSM does not answer. Start it and switch on Preferences → Remote control";
  }
}

/** Copies the tags as `KEY=VALUE` lines, which editors take, and says so. */
export async function copyTags(session: Session): Promise<void> {
  const line = session.line.value;
  if (line === undefined) return;
  if (!session.about.licensed) {
    session.said.value = UNLICENSED;
    return;
  }
  const block = tagBlock(line, (key) => session.verdictOfTag(line, key));
  if (block === "") {
    session.said.value = "No tag to copy: of what is no edit yet, accept tags first";
    return;
  }
  const count = counted(block.split("\n").length, "tag");
  session.said.value = (await copied(block)) ? `${count} copied` : "The browser refused to copy";
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/** For pages opened as a file, where some browsers have no clipboard for scripts. */
function copiedBySelection(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  return isCopied;
}

/** Lets the browser save a text as a file. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
