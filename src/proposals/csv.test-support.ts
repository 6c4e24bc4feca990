/** An independent reader of RFC 4180, strict: quotes only where the standard has them, CRLF only between records. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  const cellPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let record: string[] = [];
  while (cellPattern.lastIndex < text.length) {
    const at = cellPattern.lastIndex;
    const match = cellPattern.exec(text);
    if (match === null) throw new Error(`not RFC 4180 at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "\r\n") {
      records.push(record);
      record = [];
    }
  }
  if (record.length > 0) throw new Error("the last record does not end in CRLF");
  return records;
}
