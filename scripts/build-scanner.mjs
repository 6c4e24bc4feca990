// Assembles src/sources/structural-scanner.wat into structural-scanner.generated.ts.
// `--print` writes the module to stdout instead, so that a test can see whether the committed one is fresh.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import wabt from "wabt";

const source = new URL("../src/sources/structural-scanner.wat", import.meta.url);
const target = new URL("../src/sources/structural-scanner.generated.ts", import.meta.url);

const assembler = await wabt();
const assembled = assembler.parseWat(fileURLToPath(source), readFileSync(source, "utf8"), { simd: true });
assembled.validate();
const { buffer } = assembled.toBinary({ write_debug_names: false });
const text = [
  "// Made by scripts/build-scanner.mjs from structural-scanner.wat. Do not edit.",
  "",
  "/** The WebAssembly module of the structural scanner, as base64. */",
  `export const STRUCTURAL_SCANNER_WASM =\n  "${Buffer.from(buffer).toString("base64")}";`,
  "",
].join("\n");

if (process.argv.includes("--print")) process.stdout.write(text);
else writeFileSync(target, text);
