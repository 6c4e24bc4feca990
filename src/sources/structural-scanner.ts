/** Loads the WebAssembly scanner (structural-scanner.wat), which finds JSON containers at more than 1 GB/s. */
import { STRUCTURAL_SCANNER_WASM } from "./structural-scanner.generated.js";

/** The part of the WebAssembly API used here; TypeScript has it only among the browser's types. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: StructuralScanner };
};

interface WasmGlobal {
  value: number;
}

/** Addresses are offsets into `memory`. */
export interface StructuralScanner {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** How many containers are open. */
  readonly depth: WasmGlobal;
  /** Address where the container at depth 1 began. To be moved when the text is moved. */
  readonly start: WasmGlobal;
  /** Address after the last byte looked at. */
  readonly stop: WasmGlobal;
  /** 1 when the scan stopped at a closing bracket met at depth 0; `stop` is that bracket. */
  readonly closed: WasmGlobal;
  /** Begins outside any string, `depth` containers deep. */
  begin(depth: number): void;
  /**
   * Scans `from`..`to` (a multiple of 64 bytes) and writes start and end address of each container that closed at
   * depth 0 from address 0 on; returns how many. Stops early with `once` (1) after the first, after
   * 8192 (what fits below `SCANNER_TEXT`), or as `closed` says.
   */
  scan(from: number, to: number, once: number): number;
}

export const SCANNER_BLOCK_BYTES = 64;
/** Where text begins in the scanner's memory; what lies before holds the answer. */
export const SCANNER_TEXT = 65_536;
export const WASM_PAGE_BYTES = 65_536;

let compiled: object | undefined;

/** A scanner with its own memory. */
export function structuralScanner(): StructuralScanner {
  compiled ??= new WebAssembly.Module(Buffer.from(STRUCTURAL_SCANNER_WASM, "base64"));
  return new WebAssembly.Instance(compiled).exports;
}
