/** Keeps the reader and the place in the address, and the last ones in localStorage, so that a reload changes nothing. */

import { session } from "./session.js";

const ARCHIVE = /^\/archives\/([A-Z0-9]+)(?:\/p(\d{7,}))?/;

/** Whether an address may be opened: the web and mail, never a script. */
export const isAddress = (url) => /^(https?:\/\/|mailto:)/i.test(url);

/** A link to a message, as chat.getPermalink makes it: {channelId, ts, threadTs} or null. */
export function archiveLink(href) {
  let url;
  try {
    url = new URL(href, location.origin);
  } catch {
    return null;
  }
  const found = url.origin === location.origin ? ARCHIVE.exec(url.pathname) : null;
  if (!found) return null;
  const ts = found[2] ? `${found[2].slice(0, -6)}.${found[2].slice(-6)}` : null;
  return { channelId: found[1], ts, threadTs: url.searchParams.get("thread_ts") };
}

/** {as, channelId, tab, threadTs, ts} of the address, completed from what was used last. */
export function readRoute() {
  const params = new URLSearchParams(location.search);
  const link = archiveLink(location.href);
  const as = params.get("as") ?? localStorage.getItem("as");
  return {
    as,
    channelId: link?.channelId ?? params.get("c") ?? localStorage.getItem(`place:${as}`),
    tab: params.get("tab") === "messages" ? "messages" : "home",
    threadTs: link?.threadTs ?? params.get("thread"),
    ts: link?.ts ?? null,
  };
}

export function writeRoute({ replace = false } = {}) {
  const params = new URLSearchParams({ as: session.as, c: session.channelId });
  if (session.tab === "messages") params.set("tab", "messages");
  if (session.threadTs) params.set("thread", session.threadTs);
  const target = `/?${params}`;
  localStorage.setItem("as", session.as);
  localStorage.setItem(`place:${session.as}`, session.channelId);
  if (target === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", target);
  else history.pushState(null, "", target);
}
