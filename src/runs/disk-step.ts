/** Steps on the disk that no writer of files tells about: folders made, things renamed and removed. */
import { OutputError, RunError, UsageError, systemCode } from "./exit-codes.js";

/**
 * Does a step; `where`: the folder or file it is about, for the message.
 *
 * @throws {OutputError}, {UsageError} that tell in a sentence why the file system refused it; any other error as it is.
 */
export async function diskStep<Result>(where: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof RunError || code === undefined) throw error;
    const cause = { cause: error };
    if (code === "ENOSPC" || code === "EDQUOT")
      throw new OutputError(`disk full while writing ${where}; make room and run again`, cause);
    if (code === "EACCES" || code === "EPERM" || code === "EROFS")
      throw new UsageError(`${where} cannot be written: no permission`, cause);
    throw new OutputError(
      `${where} cannot be written: ${error instanceof Error ? error.message : code}`,
      cause,
    );
  }
}
