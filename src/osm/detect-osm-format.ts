/** What an OSM extract is, told from its first bytes. */
import { InputError } from "../input-error.js";

const OSM_FORMATS = ["PBF", "OSM XML", "Overpass JSON"] as const;
export type OsmFormat = (typeof OSM_FORMATS)[number];

/** How much of an extract is looked at. */
export const SNIFF_BYTES = 4096;

const KNOWN = "Known are .osm.pbf, .osm (.gz, .bz2) and Overpass JSON.";
const PBF_HEADER = "OSMHeader";
const PBF_HEADER_WITHIN = 64;
/** Declarations, comments and blanks that may stand before the root. */
const PROLOG = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE\s+(?!html)[^>[]*>)*/i;
const ROOT = /^<([^\s/>]+)/;
const HTML = /<(?:!doctype\s+html|html|head|body)\b/i;
const OVERPASS_ERROR = /<strong[^>]*>\s*Error\s*<\/strong>\s*:?\s*([^<]+)/i;
const SHOWN_CHARACTERS = 60;

/** What people give instead of an extract: how it begins, what it is, what to do. */
const OTHERS: ReadonlyArray<readonly [sign: RegExp, what: string, advice: string]> = [
  [/^\u00ff\u00e0[\s\S]{0,2}o5[mc]2/, "an o5m file", "Convert it first: osmium cat -o out.osm.pbf FILE"],
  [/^[nwr]-?\d+ (?:v|T|d|c|t|i|u|x)/, "OPL text", "Convert it first: osmium cat -F opl -o out.osm.pbf FILE"],
  [/^(?:\u00ff\u00fe|\u00fe\u00ff)/, "UTF-16 text, and OSM files are UTF-8", KNOWN],
];

/**
 * The format of the (unpacked) extract that begins with `head`.
 *
 * @throws {InputError} for an empty one, for changes (.osc), error pages and anything else that is no extract.
 */
export function detectOsmFormat(head: Uint8Array, file: string): OsmFormat {
  if (head.length === 0) {
    throw new InputError({
      file,
      problem: "the extract is empty",
      advice: "Check that the download worked.",
    });
  }
  const latin1 = new TextDecoder("latin1").decode(head);
  if (latin1.slice(0, PBF_HEADER_WITHIN).includes(PBF_HEADER)) return "PBF";
  const other = OTHERS.find(([sign]) => sign.test(latin1));
  if (other !== undefined) {
    throw new InputError({ file, problem: `this is ${other[1]}`, advice: other[2] });
  }
  const text = new TextDecoder().decode(head).replace(PROLOG, "");
  if (text.startsWith("{") || text.startsWith("[")) return "Overpass JSON";
  if (HTML.test(text)) throw errorPage(file, text);
  const root = ROOT.exec(text)?.[1];
  if (root === "osm") return "OSM XML";
  if (root === "osmChange") {
    throw new InputError({
      file,
      problem: "this is an osmChange file (.osc): changes, not a state",
      advice: "Give the extract that the changes belong to (osmium apply-changes joins the two).",
    });
  }
  const looks =
    root === undefined
      ? `text that begins ${JSON.stringify(text.slice(0, SHOWN_CHARACTERS))}`
      : `XML with the root <${root}>`;
  throw new InputError({
    file,
    problem:
      text === "" ? "the extract holds nothing but blanks" : `this is no OSM extract: it looks like ${looks}`,
    advice: `Check that this is the right file. ${KNOWN}`,
  });
}

function errorPage(file: string, text: string): InputError {
  const said = OVERPASS_ERROR.exec(text)?.[1]?.trim();
  return new InputError({
    file,
    problem:
      said === undefined
        ? "this is an HTML page (a login, error or redirect page?)"
        : `this is an error page of Overpass: ${said}`,
    advice: "Mend what it complains about, or wait a minute, and fetch the extract again.",
  });
}
