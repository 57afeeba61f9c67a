/** Starts the page. */

import { goTo, loadState, loadView } from "./app.js";
import { on } from "./lib/bus.js";
import { archiveLink, readRoute } from "./lib/route.js";
import { session } from "./lib/session.js";
import { locale } from "./lib/words.js";
import { startLive } from "./live.js";
import { startChannelPane } from "./panes/channel.js";
import { startClock } from "./panes/clockbar.js";
import { startGuide } from "./panes/guide.js";
import { startModal } from "./panes/modal.js";
import { startProfiles } from "./panes/profile.js";
import { startRail } from "./panes/rail.js";
import { startShop } from "./panes/shop.js";
import { startSidebar } from "./panes/sidebar.js";
import { startSwitcher } from "./panes/switcher.js";
import { startThread } from "./panes/thread.js";
import { startTopbar } from "./panes/topbar.js";

async function start() {
  const { ts, ...place } = readRoute();
  Object.assign(session, place);
  await loadState();
  if (!session.state) {
    setTimeout(() => location.reload(), 2000);
    return;
  }
  for (const pane of [startTopbar, startRail, startSidebar, startGuide, startChannelPane, startThread, startModal, startClock, startShop, startSwitcher, startProfiles]) pane();
  document.documentElement.lang = locale();
  on("state", () => { document.documentElement.lang = locale(); });
  startLive();
  await Promise.all([goTo(session.channelId, { ts, threadTs: session.threadTs, replace: true }), loadView()]);
}

addEventListener("popstate", () => {
  const { as, channelId, ...place } = readRoute();
  if (as === session.as) goTo(channelId, { ...place, replace: true });
  else location.reload();
});

/** A link to a message of this workspace goes there inside the page. */
document.addEventListener("click", (event) => {
  const anchor = event.target.closest("a[href]");
  const place = anchor && !event.ctrlKey && !event.metaKey && !event.shiftKey && archiveLink(anchor.href);
  if (!place) return;
  event.preventDefault();
  goTo(place.channelId, { ts: place.ts, threadTs: place.threadTs });
});

start();
