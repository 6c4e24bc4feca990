/** The session, for every component. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Session } from "./session.js";

export const SessionContext = createContext<Session | undefined>(undefined);

/** Throws Error outside the page. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("not inside a review");
  return session;
}
