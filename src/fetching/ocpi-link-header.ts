/** The `Link` header (RFC 8288): where OCPI says that the next page is. */

const LINK = /[\s,]*<([^>]*)>/y;
/** Of a link: `; name`, `; name=token` or `; name="text"`. */
const PARAMETER = /\s*;\s*(?:([^\s=;,<>"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,<>"]*)))?)?/y;
/** What is none of both: up to the next link. */
const OTHER = /[^<]+|</y;

/**
 * The address that a `Link` header gives with `rel="next"`; `undefined` when it gives none. Addresses may be relative to
 * `base`, the address that answered. Several headers are joined by commas.
 */
export function nextLink(header: string | undefined, base: string): string | undefined {
  for (const { target, relations } of linksIn(header ?? "")) {
    if (relations.includes("next") && URL.canParse(target, base)) return new URL(target, base).href;
  }
  return undefined;
}

interface FoundLink {
  readonly target: string;
  /** In lower case. */
  readonly relations: readonly string[];
}

function* linksIn(header: string): Generator<FoundLink> {
  for (let at = 0; at < header.length;) {
    const link = matchAt(LINK, header, at);
    if (link === undefined) {
      at += matchAt(OTHER, header, at)?.[0].length ?? 1;
      continue;
    }
    at += link[0].length;
    const parameters = new Map<string, string>();
    for (;;) {
      const parameter = matchAt(PARAMETER, header, at);
      if (parameter === undefined) break;
      at += parameter[0].length;
      const [, name = "", quoted, token = ""] = parameter;
      const value = quoted === undefined ? token : quoted.replaceAll(/\\(.)/g, "$1");
      // Of a name that comes twice the first counts.
      if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value);
    }
    // A link with an anchor is about another document.
    if (parameters.has("anchor")) continue;
    const rel = parameters.get("rel")?.replaceAll("'", "") ?? "";
    yield { target: link[1] ?? "", relations: rel.toLowerCase().split(/\s+/) };
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
