/** Fetches what the page shows, keeps it fresh, and moves between places and people. */

import { emit, on } from "./lib/bus.js";
import { setClock } from "./lib/clock.js";
import { get, post } from "./lib/http.js";
import { writeRoute } from "./lib/route.js";
import { channel, currentChannel, isAppChannel, session } from "./lib/session.js";

const AGAIN_MS = 400;

/** One run at a time, and one more after it when something asked meanwhile. */
function coalesce(work) {
  let running = null;
  let again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await work();
      } while (again);
      running = null;
    })();
    return running;
  };
}

export const loadState = coalesce(async () => {
  const asked = session.as;
  let state = await get("state");
  // Somebody else by now: what was asked as another person is late, and is asked again.
  if (asked !== session.as) return;
  if (state.error === "http_404") {
    // Somebody kept from another workspace: begin as the first person of this one.
    session.as = null;
    state = await get("state");
  }
  if (!state.me) {
    emit("live", false);
    return;
  }
  session.state = state;
  session.as = state.me.id;
  setClock(state.clock);
  if (!channel(session.channelId)) session.channelId = firstChannel();
  emit("state");
});

let waiting = false;

/** Shows the workspace as it begins, as soon as it does: whoever runs it may have to begin as well. */
export async function startAfresh() {
  if (waiting) return;
  waiting = true;
  const before = session.state.started;
  for (let started = before; !started || started === before; { started } = await get("state")) {
    await new Promise((resume) => { setTimeout(resume, AGAIN_MS); });
  }
  location.reload();
}

function firstChannel() {
  const mine = session.state.channels.filter((one) => !one.is_im && one.is_member && !one.archived);
  return (mine.find((one) => one.name.startsWith("release")) ?? mine[0] ?? session.state.channels[0])?.id ?? null;
}

export const loadChannel = coalesce(async () => {
  const { as, channelId: wanted } = session;
  const found = await get(`channel/${wanted}`);
  if (as !== session.as || wanted !== session.channelId || !found.messages) return;
  session.channel = { ...found, id: wanted };
  emit("channel");
  markRead();
});

export async function loadEarlier() {
  const { id, messages } = session.channel;
  const first = (session.earlier ?? messages)[0];
  const found = await get(`channel/${id}`, { before: first.ts });
  if (id !== session.channelId || !found.messages) return;
  session.earlier = [...found.messages, ...(session.earlier ?? [])];
  session.earlierMore = Boolean(found.has_more);
  emit("channel");
}

export const loadThread = coalesce(async () => {
  const { as, channelId, threadTs } = session;
  if (!threadTs) return;
  const found = await get(`thread/${channelId}/${threadTs}`);
  if (as !== session.as || threadTs !== session.threadTs || channelId !== session.channelId) return;
  session.thread = found.messages?.length ? found : null;
  if (!session.thread) session.threadTs = null;
  emit("thread");
});

export const loadView = coalesce(async () => {
  const { as } = session;
  const { stack = [], errors } = await get("view");
  if (as !== session.as) return;
  session.stack = stack;
  session.errors = errors ?? {};
  emit("view");
});

/** `opened` tells the app that somebody looks at its Home; a refresh stays quiet, or it would go round in circles. */
export async function loadHome({ opened = false } = {}) {
  const { view = null } = await get("home", { tab: session.tab, ...(opened ? {} : { quiet: "1" }) });
  if (session.tab === "home") session.home = view;
  emit("home");
}

export const atHome = () => isAppChannel(currentChannel()) && session.tab === "home";

function markRead() {
  const here = currentChannel();
  if (!here || document.hidden || !(here.unread || here.mention_count)) return;
  here.unread = 0;
  here.mention_count = 0;
  post("read", { channel: here.id });
  emit("state");
}

document.addEventListener("visibilitychange", markRead);

/** Goes to a channel, optionally to a thread in it or to a message that is to be shown. */
export async function goTo(channelId, { threadTs = null, ts = null, tab = null, replace = false } = {}) {
  const moved = channelId !== session.channelId;
  session.channelId = channelId;
  if (tab) session.tab = tab;
  if (moved) {
    session.channel = null;
    session.earlier = null;
  }
  if (threadTs !== session.threadTs) session.thread = null;
  session.threadTs = threadTs;
  writeRoute({ replace });
  emit("place", { moved });
  if (isAppChannel(currentChannel())) await loadHome({ opened: true });
  await Promise.all([loadChannel(), loadThread()]);
  if (ts) emit("reveal", ts);
}

export function openThread(ts) {
  return goTo(session.channelId, { threadTs: ts });
}

export function closeThread() {
  session.threadTs = null;
  session.thread = null;
  writeRoute();
  emit("thread");
}

/** Becomes another person in this tab; the place stays when they can see it. */
export async function become(userId) {
  session.as = userId;
  await loadState();
  Object.assign(session, { channel: null, earlier: null, thread: null, home: null, stack: [], errors: {} });
  emit("persona");
  await Promise.all([goTo(session.channelId, { threadTs: session.threadTs }), loadView()]);
}

export async function loadAll() {
  await loadState();
  if (!session.state) return;
  const home = isAppChannel(currentChannel()) ? loadHome() : null;
  await Promise.all([loadChannel(), loadThread(), loadView(), home]);
}

/** After a press the app may have changed anything; events say so too, but the answer is at hand now. */
on("acted", () => {
  loadChannel();
  loadThread();
  loadView();
  loadState();
});

on("goto", ({ channelId, ts, threadTs }) => goTo(channelId, { ts, threadTs }));
