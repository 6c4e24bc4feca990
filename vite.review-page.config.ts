/** The review page (src/review-page/) as one file: dist/review-page/page.html, everything inside, nothing fetched. */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type Plugin, defineConfig } from "vite";

/** Where `review.html` gets its proposals (src/proposals/): the page must name it once. */
const DATA_PLACE = "<!--DATA-->";

/** Puts the one script and the one style sheet into the page, and lets it run nothing else. */
function oneFile(): Plugin {
  return {
    name: "one-file",
    enforce: "post",
    generateBundle(_options, bundle) {
      let script = "";
      let style = "";
      for (const [name, output] of Object.entries(bundle)) {
        if (name.endsWith(".html")) continue;
        if (output.type === "chunk") script += output.code;
        else if (name.endsWith(".css")) style += text(output.source);
        else throw new Error(`${name} would lie beside the page: it has to be inside`);
        delete bundle[name];
      }
      script = script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--").trim();
      for (const output of Object.values(bundle)) {
        if (output.type !== "asset") continue;
        const page = text(output.source)
          .replace(/\s*<script type="module"[^>]*><\/script>/, "")
          .replace(/\s*<link rel="stylesheet"[^>]*>/, "")
          .replace("{script-hash}", () => hashOf(script))
          .replace("{style-hash}", () => hashOf(style))
          .replace("</head>", () => `<style>${style}</style>\n</head>`)
          // Last, so that the data are read by then.
          .replace("</body>", () => `<script type="module">${script}</script>\n</body>`);
        if (page.split(DATA_PLACE).length !== 2) throw new Error(`the page must hold ${DATA_PLACE} once`);
        output.source = page;
      }
    },
  };
}

function hashOf(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

function text(source: string | Uint8Array): string {
  return typeof source === "string" ? source : Buffer.from(source).toString("utf8");
}

export default defineConfig({
  root: fileURLToPath(new URL("src/review-page", import.meta.url)),
  base: "./",
  logLevel: "warn",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [oneFile()],
  build: {
    outDir: fileURLToPath(new URL("dist/review-page", import.meta.url)),
    emptyOutDir: true,
    target: ["chrome103", "firefox113", "safari16.4"],
    assetsInlineLimit: () => true,
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: fileURLToPath(new URL("src/review-page/page.html", import.meta.url)),
      output: { codeSplitting: false },
    },
  },
});
