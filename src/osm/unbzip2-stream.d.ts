/** What is used of unbzip2-stream, an old-style stream that unpacks while it is written to. */
declare module "unbzip2-stream" {
  interface Unbzip2Stream {
    write(chunk: Uint8Array): boolean;
    end(): void;
    on(event: "data", listener: (chunk: Uint8Array) => void): this;
    on(event: "error", listener: (error: unknown) => void): this;
    on(event: "end", listener: () => void): this;
  }
  function unbzip2Stream(): Unbzip2Stream;
  export = unbzip2Stream;
}
